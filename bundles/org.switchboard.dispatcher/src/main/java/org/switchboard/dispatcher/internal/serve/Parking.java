package org.switchboard.dispatcher.internal.serve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;

/**
 * Admitted connections of one entry that wait: for a provider to come back, the few that were accepted before the listener was
 * paused, and for its object while that is being made. Safe for several threads.
 */
public final class Parking {

    /** One waiting connection. */
    interface Parked {
        /** Goes on, with whoever serves now. */
        void resume(Serving serving);

        /** Gives up; says why in the log. */
        void giveUp(String reason);

        /** Leaves its connection, if it has one, to whoever serves the entry after this server; otherwise gives up. */
        void leave(Consumer<AcceptedConnection> next);
    }

    private static final int MOST = 64;

    private final int most;
    private final Deque<Parked> waiting = new ArrayDeque<>(); // guarded by this, as is what follows
    /** Those for which the provider's object is being made. */
    private final Set<Parked> activating = new LinkedHashSet<>();
    private Optional<Serving> latest = Optional.empty();
    private Optional<Consumer<Parked>> end = Optional.empty();
    private TaskQueue activations;

    public Parking() {
        this(MOST);
    }

    private Parking(int most) {
        this.most = most;
    }

    /** Where nobody may wait. */
    static Parking none() {
        return new Parking(0);
    }

    /**
     * Parks a connection, or makes it give up if too many wait already. If another provider has come since the connection began,
     * nobody will call it any more: then it goes on at once.
     *
     * @param gone the provider that it found gone
     */
    void park(Parked parked, ProviderHandle gone) {
        Optional<Serving> next;
        synchronized (this) {
            next = latest.filter(serving -> !serving.handle().equals(gone));
            if (end.isEmpty() && next.isEmpty() && waiting.size() < most) {
                waiting.add(parked);
                return;
            }
        }
        if (!isOverFor(parked)) {
            next.ifPresentOrElse(parked::resume, () -> parked.giveUp("no provider, and too many are waiting for one"));
        }
    }

    /**
     * Runs what makes the provider's object, one after the other: who waits for a slow one occupies no thread.
     *
     * @throws RejectedExecutionException if too many wait, or no worker is free
     */
    void activation(Workers workers, Runnable activation) {
        TaskQueue queue;
        synchronized (this) {
            if (activations == null) {
                activations = new TaskQueue(workers::activation);
            }
            queue = activations;
        }
        queue.add(activation);
    }

    /** Notes that the provider's object is being made for that connection. @return false if this is over and it is gone */
    boolean enter(Parked parked) {
        synchronized (this) {
            if (end.isEmpty()) {
                activating.add(parked);
                return true;
            }
        }
        isOverFor(parked);
        return false;
    }

    /** Gives back a connection that entered. @return false if it has gone meanwhile, and is the business of another */
    synchronized boolean exit(Parked parked) {
        return activating.remove(parked);
    }

    /** Where this is over, does what is done with all who come; otherwise nothing. @return whether it is over */
    boolean isOverFor(Parked parked) {
        Optional<Consumer<Parked>> over;
        synchronized (this) {
            over = end;
        }
        over.ifPresent(action -> action.accept(parked));
        return over.isPresent();
    }

    /** How many wait now. */
    synchronized int size() {
        return waiting.size();
    }

    /** Lets all go on with this provider. */
    public void resumeAll(Serving serving) {
        synchronized (this) {
            latest = Optional.of(serving);
        }
        drain(parked -> parked.resume(serving));
    }

    /** Makes all give up. */
    public void giveUpAll(String reason) {
        drain(parked -> parked.giveUp(reason));
    }

    /** Makes all give up, and whoever would wait from now on. */
    public void close(String reason) {
        end(parked -> parked.giveUp(reason));
    }

    /** Makes all leave their connections to somebody else, and whoever would wait from now on. */
    public void leave(Consumer<AcceptedConnection> next) {
        end(parked -> parked.leave(next));
    }

    private void end(Consumer<Parked> action) {
        synchronized (this) {
            if (end.isPresent()) {
                return;
            }
            end = Optional.of(action);
            latest = Optional.empty();
        }
        drain(action);
    }

    private void drain(Consumer<Parked> action) {
        Deque<Parked> all;
        synchronized (this) {
            all = new ArrayDeque<>(waiting);
            waiting.clear();
            if (end.isPresent()) {
                all.addAll(activating);
                activating.clear();
            }
        }
        all.forEach(action);
    }
}
