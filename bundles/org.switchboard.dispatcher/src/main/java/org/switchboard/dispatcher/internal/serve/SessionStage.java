package org.switchboard.dispatcher.internal.serve;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.admit.SessionRules;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;
import org.switchboard.dispatcher.internal.provider.ProviderDirectory;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;

/**
 * Asks the session rules about a visit, on a worker, and gives the verdict when it is there, or a refusal when the deadline is
 * over. How many wait for a verdict is bounded.
 */
public final class SessionStage {

    /** Why a visit is not served whose rule wants a provider that is not there. */
    static final String NO_PROVIDER = "no provider";

    private final SessionRules rules;
    private final Workers workers;
    private final ProviderDirectory providers;
    private final Duration patience;
    private final InstantSource clock;

    /** @param patience how long a verdict may take */
    public SessionStage(SessionRules rules, Workers workers, ProviderDirectory providers, Duration patience, InstantSource clock) {
        this.rules = rules;
        this.workers = workers;
        this.providers = providers;
        this.patience = patience;
        this.clock = clock;
    }

    /** Whether arrivals for that entry have to be judged. Cheap. */
    boolean concerns(ServiceEntry entry) {
        return rules.concern(entry);
    }

    /** What a rule may do about a connection, which is unregistered and not read from meanwhile. */
    PendingVisit visit(Visitor visitor, AcceptedConnection connection) {
        return new PendingVisit(visitor, Optional.of(connection), clock.instant(), patience);
    }

    /** What a rule may do about a datagram: not much. */
    PendingVisit visit(Visitor visitor) {
        return new PendingVisit(visitor, Optional.empty(), clock.instant(), patience);
    }

    /**
     * Lets the rules judge.
     *
     * @param leases receives what the rules want back
     * @param timer watches the deadline; an event loop
     * @param then gets the verdict, once, on any thread
     */
    void judge(PendingVisit visit, List<Lease> leases, ScheduledExecutorService timer, Consumer<Verdict> then) {
        Judgement judgement = new Judgement(visit, leases, then);
        Future<?> deadline = timer.schedule(judgement::expire, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            workers.judgement(() -> {
                judgement.run();
                deadline.cancel(false);
            });
        } catch (RejectedExecutionException full) {
            deadline.cancel(false);
            judgement.refuse("too many wait for a verdict");
        }
    }

    /**
     * Who serves a visit that was admitted: who serves the entry, unless a rule said otherwise.
     *
     * @return empty if the provider that a rule wants is not there
     */
    Optional<Serving> serving(Serving usual, PendingVisit visit) {
        if (visit.replacement().isEmpty()) {
            return Optional.of(usual);
        }
        ServiceEntry entry = visit.replacement().get();
        if (entry.provider().equals(usual.entry().provider())) {
            return Optional.of(usual.as(entry, usual.handle(), usual.kind()));
        }
        Optional<ProviderHandle> handle = providers.find(entry.provider(), entry);
        return handle.map(found -> usual.as(entry, found, found.kindFor(entry).orElseThrow()));
    }

    private final class Judgement {
        private final PendingVisit visit;
        private final List<Lease> leases;
        private final Consumer<Verdict> then;
        private boolean decided; // this and the next: guarded by this
        private Optional<Thread> judge = Optional.empty();

        Judgement(PendingVisit visit, List<Lease> leases, Consumer<Verdict> then) {
            this.visit = visit;
            this.leases = leases;
            this.then = then;
        }

        void run() {
            if (!begin()) {
                return;
            }
            List<Lease> taken = new ArrayList<>(1);
            Verdict verdict;
            try {
                verdict = rules.judge(visit, taken);
            } catch (InterruptedException stopping) {
                verdict = Verdict.refuse("interrupted");
            }
            if (end()) {
                leases.addAll(taken);
                then.accept(visit.inForce(verdict));
            } else {
                Admission.release(taken);
            }
        }

        private synchronized boolean begin() {
            judge = decided ? Optional.empty() : Optional.of(Thread.currentThread());
            return !decided;
        }

        /** Whether the verdict came in time. */
        private synchronized boolean end() {
            judge = Optional.empty();
            boolean first = !decided;
            decided = true;
            return first;
        }

        void expire() {
            refuse("no verdict in " + patience.toSeconds() + " s");
        }

        void refuse(String reason) {
            synchronized (this) {
                if (decided) {
                    return;
                }
                decided = true;
                judge.ifPresent(Thread::interrupt);
            }
            then.accept(Verdict.refuse(reason));
        }
    }
}
