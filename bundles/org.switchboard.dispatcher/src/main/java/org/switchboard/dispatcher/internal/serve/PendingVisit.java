package org.switchboard.dispatcher.internal.serve;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.admission.Visit;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;

/** A visit that waits for its verdict. The connection is not registered with an event loop, so nobody else writes to it. */
final class PendingVisit implements Visit {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Visitor visitor;
    private final Optional<AcceptedConnection> connection;
    private final Instant deadline;
    private final long lastNanos;
    private volatile Optional<ServiceEntry> replacement = Optional.empty();

    /**
     * @param connection empty for a datagram
     * @param patience how long a verdict may take from now on
     */
    PendingVisit(Visitor visitor, Optional<AcceptedConnection> connection, Instant now, Duration patience) {
        this.visitor = visitor;
        this.connection = connection;
        this.deadline = now.plus(patience);
        this.lastNanos = System.nanoTime() + patience.toNanos();
    }

    /** What a verdict on this visit comes to by now. */
    Verdict inForce(Verdict verdict) {
        return visitor.serving().period().inForce(verdict);
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
        if (connection.isEmpty()) {
            return;
        }
        ByteBuffer rest = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        while (rest.hasRemaining()) {
            if (connection.get().write(rest) == 0) {
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
        connection.ifPresent(AcceptedConnection::keepAlive);
    }

    @Override
    public void linger(int seconds) {
        connection.ifPresent(accepted -> accepted.linger(seconds));
    }

    @Override
    public void serveAs(ServiceEntry entry) {
        if (!entry.id().equals(entry().id())) {
            throw new IllegalArgumentException("entry '" + entry.id() + "' cannot take the place of '" + entry().id() + "'");
        }
        replacement = Optional.of(entry);
    }

    /** What a rule wants this visit to be served as. */
    Optional<ServiceEntry> replacement() {
        return replacement;
    }
}
