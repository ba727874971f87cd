package org.switchboard.dispatcher.internal.serve;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.switchboard.api.admission.Visit;
import org.switchboard.api.entry.ServiceEntry;

/** A visit that waits for its verdict. The connection is not registered with an event loop, so nobody else writes to it. */
final class PendingVisit implements Visit {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Visitor visitor;
    private final Optional<Channel> channel;
    private final Instant deadline;
    private final long lastNanos;
    private volatile Optional<ServiceEntry> replacement = Optional.empty();

    /**
     * @param channel empty for a datagram
     * @param patience how long a verdict may take from now on
     */
    PendingVisit(Visitor visitor, Optional<Channel> channel, Instant now, Duration patience) {
        this.visitor = visitor;
        this.channel = channel;
        this.deadline = now.plus(patience);
        this.lastNanos = System.nanoTime() + patience.toNanos();
    }

    @Override
    public ServiceEntry entry() {
        return visitor.entry();
    }

    @Override
    public Optional<SocketAddress> remote() {
        return visitor.remote();
    }

    @Override
    public SocketAddress local() {
        return visitor.local();
    }

    @Override
    public int running() {
        return visitor.running();
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        if (channel.isEmpty()) {
            return;
        }
        if (!(channel.get() instanceof UnixChannel socket)) {
            throw new IOException("nothing can be sent before the service on this kind of connection");
        }
        ByteBuffer rest = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        while (rest.hasRemaining()) {
            int written = socket.fd().write(rest, rest.position(), rest.limit());
            rest.position(rest.position() + Math.max(0, written));
            if (written <= 0) {
                pause();
            }
        }
    }

    /** The descriptor never blocks, and nothing watches it. */
    private void pause() throws IOException {
        if (Thread.currentThread().isInterrupted() || System.nanoTime() - lastNanos > 0) {
            throw new IOException("the client does not take what is sent to it");
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    @Override
    public void keepAlive() {
        channel.ifPresent(socket -> socket.config().setOption(ChannelOption.SO_KEEPALIVE, true));
    }

    @Override
    public void linger(int seconds) {
        channel.ifPresent(socket -> socket.config().setOption(ChannelOption.SO_LINGER, seconds));
    }

    @Override
    public void serveAs(ServiceEntry entry) {
        if (!entry.id().equals(entry().id())) {
            throw new IllegalArgumentException("entry '" + entry.id() + "' cannot take the place of '" + entry().id() + "'");
        }
        if (channel.isPresent()) {
            replacement = Optional.of(entry);
        }
    }

    /** What a rule wants this visit to be served as. */
    Optional<ServiceEntry> replacement() {
        return replacement;
    }
}
