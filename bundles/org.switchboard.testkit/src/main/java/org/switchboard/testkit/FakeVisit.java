package org.switchboard.testkit;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchboard.api.admission.Visit;
import org.switchboard.api.entry.ServiceEntry;

/** A visit to be judged, which keeps what the rule did about it. Safe for use by several threads. */
public final class FakeVisit implements Visit {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ServiceEntry entry;
    private final Optional<SocketAddress> remote;
    private final SocketAddress local;
    private final Instant deadline = Instant.now().plus(PATIENCE);
    private final List<String> journal = new ArrayList<>(); // guarded by itself
    private volatile Optional<ServiceEntry> replacement = Optional.empty();

    private FakeVisit(ServiceEntry entry, Optional<SocketAddress> remote, SocketAddress local) {
        this.entry = entry;
        this.remote = remote;
        this.local = local;
    }

    /** A visit to port 7 of 192.0.2.1 from that numeric address and port. */
    public static FakeVisit from(ServiceEntry entry, String address, int port) {
        return new FakeVisit(entry, Optional.of(new InetSocketAddress(address, port)), new InetSocketAddress("192.0.2.1", 7));
    }

    /** A visit between these two addresses. */
    public static FakeVisit between(ServiceEntry entry, SocketAddress remote, SocketAddress local) {
        return new FakeVisit(entry, Optional.of(remote), local);
    }

    /** Somebody whom the server does not see. */
    public static FakeVisit unseen(ServiceEntry entry) {
        return new FakeVisit(entry, Optional.empty(), new InetSocketAddress("192.0.2.1", 7));
    }

    /** What was done, in order: {@code send TEXT}, {@code keepalive}, {@code linger 3}. */
    public List<String> journal() {
        synchronized (journal) {
            return List.copyOf(journal);
        }
    }

    /** What the visit is to be served as, if the rule said so. */
    public Optional<ServiceEntry> replacement() {
        return replacement;
    }

    @Override
    public ServiceEntry entry() {
        return entry;
    }

    @Override
    public Optional<SocketAddress> remote() {
        return remote;
    }

    @Override
    public SocketAddress local() {
        return local;
    }

    @Override
    public int running() {
        return 0;
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public void send(byte[] bytes) {
        note("send " + new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void keepAlive() {
        note("keepalive");
    }

    @Override
    public void linger(int seconds) {
        note("linger " + seconds);
    }

    @Override
    public void serveAs(ServiceEntry other) {
        replacement = Optional.of(other);
    }

    private void note(String what) {
        synchronized (journal) {
            journal.add(what);
        }
    }
}
