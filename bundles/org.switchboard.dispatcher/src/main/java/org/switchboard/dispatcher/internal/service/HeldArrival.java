package org.switchboard.dispatcher.internal.service;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.switchboard.api.admission.Verdict;
import org.switchboard.dispatcher.internal.session.WaitingRoom;

/**
 * A client that a rule told to wait, while its listener, if it came through one, takes no other. All but the messages to it
 * happens on the thread of the listener.
 */
final class HeldArrival implements WaitingRoom.Guest {

    /** What asks again and again at a time that has passed already must not spin. */
    private static final long SHORTEST_MILLIS = 10;

    private final WaitingRoom room;
    private final Runnable letGo;
    private final ScheduledExecutorService loop;
    private final InstantSource clock;
    private final Supplier<Optional<Verdict.Pause>> attempt;
    private final Runnable drop;

    private boolean over;
    private Future<?> alarm = CompletableFuture.completedFuture(Boolean.TRUE);

    /**
     * @param loop the thread of the listener
     * @param letGo told when the client waits no longer
     * @param attempt serves or refuses the client, or says once more to wait
     * @param drop closes or releases the client
     */
    HeldArrival(WaitingRoom room, Runnable letGo, ScheduledExecutorService loop, InstantSource clock,
            Supplier<Optional<Verdict.Pause>> attempt, Runnable drop) {
        this.room = room;
        this.letGo = letGo;
        this.loop = loop;
        this.clock = clock;
        this.attempt = attempt;
        this.drop = drop;
    }

    /** Begins to wait. */
    void hold() {
        room.enter(this);
        ask();
    }

    @Override
    public void askAgain() {
        onThread(this::ask);
    }

    /** An event loop may have ended; then nobody but the caller has to do with the client. */
    private void onThread(Runnable action) {
        try {
            if (!(loop instanceof EventLoop ofNetty && ofNetty.isShuttingDown())) {
                loop.execute(action);
                return;
            }
        } catch (RejectedExecutionException ended) {
            // As if we had seen it before.
        }
        dropOnce();
    }

    private void dropOnce() {
        if (!over) {
            finish();
            drop.run();
        }
    }

    @Override
    public void giveUp() {
        onThread(this::dropOnce);
    }

    private void ask() {
        if (over) {
            return;
        }
        Optional<Verdict.Pause> again = attempt();
        alarm.cancel(false);
        if (again.isEmpty()) {
            finish();
        } else if (!again.get().until().equals(Instant.MAX)) {
            long millis = Duration.between(clock.instant(), again.get().until()).toMillis();
            alarm = loop.schedule(this::ask, Math.max(SHORTEST_MILLIS, millis), TimeUnit.MILLISECONDS);
        }
    }

    /** What fails is not asked again, and its listener takes others. */
    private Optional<Verdict.Pause> attempt() {
        try {
            return attempt.get();
        } catch (Throwable broken) {
            dropOnce();
            throw broken;
        }
    }

    private void finish() {
        over = true;
        alarm.cancel(false);
        room.leave(this);
        letGo.run();
    }
}
