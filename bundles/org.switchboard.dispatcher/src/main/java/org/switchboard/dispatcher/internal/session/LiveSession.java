package org.switchboard.dispatcher.internal.session;

import java.net.SocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.Session;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.dispatcher.internal.provider.ProviderUse;

/**
 * One peer's visit, from the admit to the last thing given back. It owns its leases and its use of the provider; both go
 * back in {@link #finish}, which every way out of a session ends in and which acts once.
 */
public final class LiveSession implements Session {

    /** The outcome of a session with a provider inside the server that ended as it should. */
    private static final String OK = "ok";

    private final SessionRegistry registry;
    private final long number;
    private final ServiceEntry entry;
    private final Counters counters;
    private final SocketAddress remote;
    private final SocketAddress local;
    private final List<Lease> leases;
    private final Instant started;
    private final AtomicBoolean finished = new AtomicBoolean();

    private volatile Conduct conduct = Conduct.UNWATCHED;
    private volatile ProviderUse use;
    private volatile Runnable ender = () -> { };
    private volatile Runnable killer = () -> { };
    private volatile Supplier<String> instance;
    private volatile boolean outside;
    private volatile Object loop = this;
    private volatile boolean ended;
    private volatile boolean killed;
    private final AtomicBoolean toldToEnd = new AtomicBoolean();
    private volatile boolean draining;
    private List<Runnable> drainActions = List.of(); // guarded by this

    LiveSession(SessionRegistry registry, long number, ServiceEntry entry, Counters counters, SocketAddress remote,
            SocketAddress local, List<Lease> leases, Instant started) {
        this.registry = registry;
        this.number = number;
        this.entry = entry;
        this.counters = counters;
        this.remote = remote;
        this.local = local;
        this.leases = leases;
        this.started = started;
        this.instance = entry::provider;
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
        return remote;
    }

    @Override
    public SocketAddress local() {
        return local;
    }

    @Override
    public boolean draining() {
        return draining;
    }

    @Override
    public void onDrain(Runnable action) {
        synchronized (this) {
            if (!draining) {
                List<Runnable> more = new ArrayList<>(drainActions);
                more.add(action);
                drainActions = more;
                return;
            }
        }
        action.run();
    }

    /** Asks the session to come to its end by itself. */
    public void drain() {
        List<Runnable> actions;
        synchronized (this) {
            draining = true;
            actions = drainActions;
            drainActions = List.of();
        }
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (Throwable broken) {
                registry.log().failed(entry, this, "drain action of provider '" + entry.provider() + "' failed: "
                        + broken);
            }
        }
    }

    /** The session goes to a provider; from now on that is told how the session ends. */
    public void watchedBy(Conduct next) {
        conduct = next;
    }

    /** The session takes over this use of a provider, and ends in this way when told to. */
    public void servedBy(ProviderUse itsUse, Runnable itsEnder) {
        use = itsUse;
        endsWith(itsEnder);
        if (finished.get()) {
            itsUse.close();
        }
    }

    /** Something outside the server serves: nothing of a provider is held meanwhile. */
    public void servedOutside(Supplier<String> description, Runnable itsEnder, Runnable itsKiller) {
        instance = description;
        outside = true;
        endsWith(itsEnder, itsKiller);
    }

    /**
     * From now on the session is ended in this way; at once, if it was told to end already. Nothing stronger kills it.
     */
    public void endsWith(Runnable itsEnder) {
        endsWith(itsEnder, itsEnder);
    }

    private void endsWith(Runnable itsEnder, Runnable itsKiller) {
        killer = itsKiller;
        ender = itsEnder;
        if (killed) {
            itsKiller.run();
        } else if (ended) {
            itsEnder.run();
        }
    }

    /** Ends the session now: cuts the connection, or tells the program. */
    public void end() {
        ended = true;
        try {
            ender.run();
        } catch (Throwable broken) {
            registry.log().failed(entry, this, "could not be ended: " + broken);
        }
    }

    /** The connection is on that event loop, and the session is over when that ends. */
    public void runsOn(Object itsLoop) {
        loop = itsLoop;
    }

    boolean isOn(Object ofAll) {
        return loop == ofAll && !outside;
    }

    /** Ends the session as an operator asks for it: a session that was asked before is killed. */
    public void endOrKill() {
        if (toldToEnd.compareAndSet(false, true)) {
            end();
        } else {
            kill();
        }
    }

    /** Ends a session that does not end when it is told to. */
    public void kill() {
        killed = true;
        killer.run();
    }

    /** Whether this session is served by an object of that provider. */
    boolean isServedBy(ProviderHandle handle) {
        return provider().filter(handle::equals).isPresent();
    }

    /** Whether it ends with this server: a provider inside it serves the session, or will as soon as it is there. */
    boolean isInProcess() {
        return !outside;
    }

    private Optional<ProviderHandle> provider() {
        return Optional.ofNullable(use).map(ProviderUse::handle);
    }

    /** The session is over and nothing was wrong with the server, with these words for the log. */
    public void finish(String outcome, String detail) {
        if (finished.compareAndSet(false, true)) {
            if (outcome.equals(OK)) {
                conduct.good();
                provider().ifPresent(ProviderHandle::good);
            }
            giveBack();
            registry.ended(this, outcome, detail);
        }
    }

    /** The session went wrong; the log says so whatever its level. */
    public void fail(String outcome, String what) {
        if (finished.compareAndSet(false, true)) {
            counters.failures.increment();
            giveBack();
            registry.log().failed(entry, this, what);
            registry.ended(this, outcome, "");
        }
    }

    /** The session went wrong by the fault of that provider, which is counted for it, too. */
    public void fault(ProviderHandle culprit, Throwable cause) {
        String what = "provider " + culprit + " failed: " + cause;
        if (!finished.get()) {
            culprit.failed(cause);
            conduct.fault(what);
        }
        fail("failed", what);
    }

    /** The same, for the provider that is serving it. */
    public void fault(Throwable cause) {
        provider().ifPresentOrElse(culprit -> fault(culprit, cause),
                () -> fail("failed", "provider '" + entry.provider() + "' failed: " + cause));
    }

    /** How many uses of its provider there are now, with its own. */
    public int siblings() {
        return provider().map(ProviderHandle::uses).orElse(0);
    }

    /** Whether it has ended. */
    public boolean isOver() {
        return finished.get();
    }

    private void giveBack() {
        registry.remove(this);
        counters.running.decrementAndGet();
        Admission.release(leases);
        counters.waiting().askAgain();
        if (use != null) {
            use.close();
        }
    }

    Instant started() {
        return started;
    }

    String remoteText() {
        return Addresses.text(remote);
    }

    String instance() {
        try {
            return instance.get();
        } catch (Throwable broken) {
            return entry.provider() + " (" + broken + ")";
        }
    }

    /** {@code ftp/tcp#42}. */
    @Override
    public String toString() {
        return entry.id() + "#" + number;
    }
}
