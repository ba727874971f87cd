package org.switchboard.launcher.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A connection to the control socket of a running server, in frames. The protocol is described at the bundle org.switchboard.control. */
final class Connection implements AutoCloseable {

    private static final String GREETING = "switchboard-control 1\n";
    private static final int MAX_PAYLOAD = 65_536;
    private static final int HEAD = 5;

    private final SocketChannel channel;
    private final ByteBuffer head = ByteBuffer.allocate(HEAD);

    private Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects and agrees on the version.
     *
     * @throws IOException if nobody listens there, or somebody who speaks otherwise
     */
    static Connection open(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            Connection connection = new Connection(channel);
            connection.write(ByteBuffer.wrap(GREETING.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(GREETING.length());
            connection.fill(answer);
            if (!new String(answer.array(), StandardCharsets.US_ASCII).equals(GREETING)) {
                throw new IOException("it does not speak version 1 of the control protocol");
            }
            return connection;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** One frame. */
    record Frame(char type, byte[] payload) {
    }

    /** Several threads may send. */
    synchronized void send(char type, byte[] payload, int length) throws IOException {
        if (length > MAX_PAYLOAD) {
            throw new IOException("the request is longer than " + MAX_PAYLOAD + " bytes");
        }
        ByteBuffer frame = ByteBuffer.allocate(HEAD + length);
        frame.put((byte) type).putInt(length).put(payload, 0, length).flip();
        write(frame);
    }

    void send(char type, byte[] payload) throws IOException {
        send(type, payload, payload.length);
    }

    void send(char type, String payload) throws IOException {
        send(type, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits for the next frame; one thread only. */
    Frame receive() throws IOException {
        head.clear();
        fill(head);
        head.flip();
        char type = (char) head.get();
        int length = head.getInt();
        if (length < 0 || length > MAX_PAYLOAD) {
            throw new IOException("a broken frame came from the server");
        }
        ByteBuffer payload = ByteBuffer.allocate(length);
        fill(payload);
        return new Frame(type, payload.array());
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void fill(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the server went away");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
