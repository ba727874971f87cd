package org.switchboard.control.internal.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes what a client receives; each frame at once. Safe for use by several threads. */
public final class FrameWriter {

    private static final int HEADER = 5;

    /** Guarded by this. */
    private final OutputStream out;

    /** Writes to that stream, which stays its owner's to close. */
    public FrameWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes the server's first line. */
    public synchronized void greeting(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes bytes as frames of that type, as many as it takes. */
    public synchronized void write(char type, byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += Frame.MOST) {
            int part = Math.min(length - done, Frame.MOST);
            byte[] frame = ByteBuffer.allocate(HEADER + part).put((byte) type).putInt(part).put(bytes, offset + done, part).array();
            out.write(frame);
        }
    }

    public void write(char type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(type, bytes, 0, bytes.length);
    }

    /** A stream whose bytes become frames of that type as they are written. Closing it closes nothing. */
    public OutputStream stream(char type) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                FrameWriter.this.write(type, bytes, offset, length);
            }
        };
    }
}
