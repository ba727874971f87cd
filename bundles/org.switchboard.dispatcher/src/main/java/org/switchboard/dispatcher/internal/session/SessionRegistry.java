package org.switchboard.dispatcher.internal.session;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.runtime.SessionDTO;
import org.switchboard.dispatcher.internal.events.Announcer;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;

/** All sessions that are running. Safe for several threads. */
public final class SessionRegistry {

    private final AccessLog log;
    private final InstantSource clock;
    private final SessionEvents events;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, LiveSession> sessions = new ConcurrentHashMap<>();

    public SessionRegistry(AccessLog log, InstantSource clock) {
        this(log, clock, Announcer.NOBODY);
    }

    /** @param announcer told of the start and the end of sessions */
    public SessionRegistry(AccessLog log, InstantSource clock, Announcer announcer) {
        this.log = log;
        this.clock = clock;
        this.events = new SessionEvents(announcer, clock);
    }

    /** Opens a session, which takes over the leases. */
    public LiveSession open(ServiceEntry entry, Counters counters, SocketAddress remote, SocketAddress local,
            List<Lease> leases) {
        LiveSession session = new LiveSession(this, numbers.incrementAndGet(), entry, counters, remote, local, leases,
                clock.instant());
        sessions.put(session.number(), session);
        counters.starts.increment();
        counters.running.incrementAndGet();
        log.started(session);
        events.started(session);
        return session;
    }

    /** Notes that a client was not let in. */
    public void refused(ServiceEntry entry, Counters counters, String from, String reason) {
        counters.refusals.increment();
        log.refused(entry, from, reason);
    }

    /** Says how a session ended. */
    void ended(LiveSession session, String outcome, String detail) {
        log.ended(session, outcome, detail);
        events.ended(session, outcome, detail);
    }

    AccessLog log() {
        return log;
    }

    synchronized void remove(LiveSession session) {
        sessions.remove(session.number());
        notifyAll();
    }

    /** Asks the sessions of a provider to come to their end. */
    public void drain(ProviderHandle handle) {
        all(session -> session.isServedBy(handle)).forEach(LiveSession::drain);
    }

    /** Ends the sessions of a provider. */
    public void end(ProviderHandle handle) {
        all(session -> session.isServedBy(handle)).forEach(LiveSession::end);
    }

    /**
     * Asks all sessions inside the server to come to their end, waits, and ends those that are left. Programs live on.
     *
     * @param quiet how long nothing is said about it
     * @param longer told then which sessions are left; not if the thread was interrupted, which ends the wait
     */
    public void drainAll(Duration atMost, Duration quiet, Consumer<List<SessionDTO>> longer) {
        all(LiveSession::isInProcess).forEach(LiveSession::drain);
        BooleanSupplier over = () -> sessions.values().stream().noneMatch(LiveSession::isInProcess);
        if (quiet.compareTo(atMost) < 0) {
            await(over, quiet);
            if (!over.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
                longer.accept(list(LiveSession::isInProcess));
                await(over, atMost.minus(quiet));
            }
        } else {
            await(over, atMost);
        }
        all(LiveSession::isInProcess).forEach(LiveSession::end);
    }

    /** The sessions of a provider now, by number. */
    public List<SessionDTO> list(ProviderHandle handle) {
        return list(session -> session.isServedBy(handle));
    }

    /** Waits for something that only the end of a session can make true. */
    private synchronized void await(BooleanSupplier condition, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the sessions whose connections are on that event loop, which has ended. */
    public void lost(Object loop) {
        for (LiveSession session : all(each -> each.isOn(loop))) {
            session.finish("lost", "");
            session.end();
        }
    }

    /**
     * Ends the sessions that the condition is true of, and waits until they are over. Sessions end on the dispatcher thread
     * and on the event loops, so that none of these may call it.
     *
     * @param end ends one session, or kills it
     * @return how many there were
     */
    public int end(Predicate<LiveSession> which, Consumer<LiveSession> end, Duration atMost) {
        List<LiveSession> chosen = all(which);
        chosen.forEach(end);
        await(() -> chosen.stream().noneMatch(session -> sessions.containsKey(session.number())), atMost);
        return chosen.size();
    }

    /** All sessions now, by number. */
    public List<SessionDTO> list() {
        return list(session -> true);
    }

    /** The sessions that the condition is true of now, by number. */
    public List<SessionDTO> list(Predicate<LiveSession> which) {
        return all(which).stream().map(SessionRegistry::describe).toList();
    }

    private List<LiveSession> all(Predicate<LiveSession> which) {
        return sessions.values().stream().filter(which).sorted(Comparator.comparingLong(LiveSession::number)).toList();
    }

    private static SessionDTO describe(LiveSession session) {
        SessionDTO dto = new SessionDTO();
        dto.number = session.number();
        dto.service = session.entry().id();
        dto.remote = session.remoteText();
        dto.local = Addresses.text(session.local());
        dto.started = session.started();
        dto.instance = session.instance();
        dto.draining = session.draining();
        return dto;
    }
}
