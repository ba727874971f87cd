package org.switchboard.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.switchboard.api.provider.Session;
import org.switchboard.netty.ChannelProvider;

/**
 * The peer of a {@link ChannelProvider} under test: connects, sends, and reads no more than it is told to, so that back-pressure
 * shows as on a real connection. For one thread.
 */
public final class FakePeer extends EmbeddedChannel {

    private static final int EVERYTHING = Integer.MAX_VALUE;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private int window;

    private FakePeer(int window) {
        super(DefaultChannelId.newInstance(), false, false);
        this.window = window;
    }

    /** A peer that reads everything, connected to that provider. */
    public static FakePeer connected(ChannelProvider provider, Session session) {
        return connected(provider, session, EVERYTHING);
    }

    /** A peer that reads that many bytes and then no more, until {@link #read} is called. */
    public static FakePeer connected(ChannelProvider provider, Session session, int window) {
        FakePeer peer = new FakePeer(window);
        provider.open(session, peer.pipeline());
        try {
            peer.register();
        } catch (Exception e) {
            throw new AssertionError("the provider's handlers failed on the new connection", e);
        }
        return peer;
    }

    /** Sends one segment with this text, in Latin-1. */
    public FakePeer send(String text) {
        return send(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    /** Sends one segment; the buffer belongs to the provider then. */
    public FakePeer send(ByteBuf segment) {
        writeInbound(segment);
        return this;
    }

    /** Closes the peer's side; it still reads. */
    public FakePeer closeOutput() {
        pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        runPendingTasks();
        return this;
    }

    /** Reads that many bytes more. */
    public FakePeer read(int bytes) {
        window += bytes;
        unsafe().flush();
        runPendingTasks();
        return this;
    }

    /** All that the peer read so far, as Latin-1. */
    public String received() {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    /** The bytes that the peer read so far. */
    public byte[] receivedBytes() {
        return received.toByteArray();
    }

    /** The bytes that the provider wrote and the peer did not read yet. */
    public long pending() {
        ChannelOutboundBuffer outbound = unsafe().outboundBuffer();
        return outbound == null ? 0 : outbound.totalPendingWriteBytes();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer outbound) throws Exception {
        while (window > 0 && outbound.current() instanceof ByteBuf buffer) {
            int taken = Math.min(window, buffer.readableBytes());
            buffer.getBytes(buffer.readerIndex(), received, taken);
            if (window != EVERYTHING) {
                window -= taken;
            }
            outbound.removeBytes(taken);
        }
        if (outbound.current() != null && !(outbound.current() instanceof ByteBuf)) {
            throw new IOException("a connection carries buffers only, not " + outbound.current().getClass().getName());
        }
    }
}
