package org.switchboard.ports.internal.rpc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A connection to rpcbind through its Unix socket, where it knows by the kernel who is calling, so that whoever runs the server
 * may register, root or not. All calls together have one deadline. For one thread.
 *
 * <p>Source: RFC 1833, version 4; RFC 5531, for calls and records.
 */
final class RpcbindConnection implements AutoCloseable {

    private static final int RPCBIND = 100_000;
    private static final int VERSION = 4;
    private static final int SET = 1;
    private static final int UNSET = 2;
    private static final int CALL = 0;
    private static final int REPLY = 1;
    private static final int RPC_VERSION = 2;
    private static final int LAST_FRAGMENT = 1 << 31;
    private static final int LONGEST_REPLY = 4096;

    private final SocketChannel channel;
    private final Selector selector;
    private final long deadline;
    private int calls;

    private RpcbindConnection(SocketChannel channel, Selector selector, long deadline) {
        this.channel = channel;
        this.selector = selector;
        this.deadline = deadline;
    }

    static RpcbindConnection open(Path socket, Duration atMost) throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new RpcbindConnection(channel, selector, System.nanoTime() + atMost.toNanos());
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    /** Whether rpcbind has noted that, or had it so already. */
    boolean set(long program, int version, String transport, String address) throws IOException {
        return call(SET, program, version, transport, address);
    }

    /** Whether there was something to forget, and it was ours to say so. */
    boolean unset(long program, int version, String transport) throws IOException {
        return call(UNSET, program, version, transport, "");
    }

    private boolean call(int procedure, long program, int version, String transport, String address) throws IOException {
        int number = ++calls;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream call = new DataOutputStream(bytes);
        for (int word : new int[] {number, CALL, RPC_VERSION, RPCBIND, VERSION, procedure, 0, 0, 0, 0, (int) program, version}) {
            call.writeInt(word);
        }
        for (String text : new String[] {transport, address, ""}) {
            writeText(call, text);
        }
        ByteBuffer record = ByteBuffer.allocate(Integer.BYTES + bytes.size());
        record.putInt(LAST_FRAGMENT | bytes.size()).put(bytes.toByteArray()).flip();
        // A call is shorter than any buffer of the kernel.
        if (channel.write(record) == 0 || record.hasRemaining()) {
            throw new IOException("rpcbind does not listen");
        }
        return answer(number, readRecord());
    }

    private static void writeText(DataOutputStream call, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        call.writeInt(bytes.length);
        call.write(bytes);
        call.write(new byte[-bytes.length & 3]);
    }

    private static boolean answer(int number, ByteBuffer reply) throws IOException {
        boolean known = reply.remaining() >= 6 * Integer.BYTES && reply.getInt() == number && reply.getInt() == REPLY;
        int accepted = known ? reply.getInt() : -1;
        if (accepted != 0) {
            throw new IOException("rpcbind does not take the call");
        }
        reply.getInt();
        int verifier = reply.getInt();
        reply.position(Math.min(reply.limit(), reply.position() + Math.max(0, verifier)));
        if (reply.remaining() < 2 * Integer.BYTES || reply.getInt() != 0) {
            throw new IOException("rpcbind does not know the call");
        }
        return reply.getInt() != 0;
    }

    private ByteBuffer readRecord() throws IOException {
        ByteBuffer record = ByteBuffer.allocate(LONGEST_REPLY);
        int mark;
        do {
            mark = read(ByteBuffer.allocate(Integer.BYTES)).getInt();
            int length = mark & ~LAST_FRAGMENT;
            if (length > record.remaining()) {
                throw new IOException("rpcbind says too much");
            }
            record.put(read(ByteBuffer.allocate(length)));
        } while ((mark & LAST_FRAGMENT) == 0);
        return record.flip();
    }

    private ByteBuffer read(ByteBuffer wanted) throws IOException {
        while (wanted.hasRemaining()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IOException("rpcbind does not answer");
            }
            selector.select(left);
            selector.selectedKeys().clear();
            if (channel.read(wanted) < 0) {
                throw new EOFException("rpcbind has closed the connection");
            }
        }
        return wanted.flip();
    }

    @Override
    public void close() throws IOException {
        try (channel; selector) {
            calls = 0;
        }
    }
}
