package org.switchboard.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.StreamSession;

/** A session without a connection: what the peer sends is given, what it receives is kept. */
public final class FakeSession implements StreamSession {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final ServiceEntry entry;
    private final InputStream input;
    private final OutputStream output;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    /** Guarded by this; emptied when draining begins. */
    private final List<Runnable> drainActions = new ArrayList<>();
    /** Guarded by this. */
    private boolean draining;

    private FakeSession(ServiceEntry entry, InputStream input) {
        this.entry = entry;
        this.input = input;
        this.output = received;
    }

    private FakeSession(ServiceEntry entry, InputStream input, OutputStream output) {
        this.entry = entry;
        this.input = input;
        this.output = output;
    }

    /** A peer that sends nothing and closes its side. */
    public static FakeSession of(ServiceEntry entry) {
        return sending(entry, "");
    }

    /** A peer that sends this text, in Latin-1, and closes its side. */
    public static FakeSession sending(ServiceEntry entry, String text) {
        return new FakeSession(entry, new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** A peer behind these streams; then {@link #received} stays empty. */
    public static FakeSession over(ServiceEntry entry, InputStream input, OutputStream output) {
        return new FakeSession(entry, input, output);
    }

    /** All that was written to the peer so far, as Latin-1. */
    public String received() {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    /** The server wants the session to come to its end. */
    public void drain() {
        List<Runnable> actions;
        synchronized (this) {
            draining = true;
            actions = List.copyOf(drainActions);
            drainActions.clear();
        }
        actions.forEach(Runnable::run);
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public ServiceEntry entry() {
        return entry;
    }

    @Override
    public SocketAddress remote() {
        return new InetSocketAddress("192.0.2.7", 4711);
    }

    @Override
    public SocketAddress local() {
        return new InetSocketAddress("192.0.2.1", 7);
    }

    @Override
    public synchronized boolean draining() {
        return draining;
    }

    @Override
    public void onDrain(Runnable action) {
        synchronized (this) {
            if (!draining) {
                drainActions.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }
}
