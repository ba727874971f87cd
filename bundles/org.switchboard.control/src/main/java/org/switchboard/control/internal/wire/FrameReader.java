package org.switchboard.control.internal.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a client sends. For one thread. */
public final class FrameReader {

    /** Longest first line; the one we speak has 21 bytes. */
    private static final int LONGEST_GREETING = 64;

    private final DataInputStream in;

    /** Reads from that stream, which stays its owner's to close; reads in small steps, so it should be buffered. */
    public FrameReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** The client's first line, without its newline. */
    public String greeting() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (line.length() == LONGEST_GREETING) {
                throw new ProtocolException("the first line is too long");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    /** The next frame; empty at the end of the stream between two frames. */
    public Optional<Frame> next() throws IOException {
        int type = in.read();
        if (type < 0) {
            return Optional.empty();
        }
        int length = in.readInt();
        if (length < 0 || length > Frame.MOST) {
            throw new ProtocolException("a frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return Optional.of(new Frame((char) type, payload));
    }

    /** The words of a {@code C} frame. */
    public static List<String> words(Frame command) throws ProtocolException {
        byte[] bytes = command.payload();
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                words.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        if (words.isEmpty() || start != bytes.length) {
            throw new ProtocolException("a command is one or more words, each followed by a NUL byte");
        }
        return words;
    }
}
