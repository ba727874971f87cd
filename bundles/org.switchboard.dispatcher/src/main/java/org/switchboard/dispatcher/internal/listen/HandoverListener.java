package org.switchboard.dispatcher.internal.listen;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.service.log.Logger;
import org.switchboard.dispatcher.internal.session.RepeatedMessage;
import org.switchboard.posix.Readiness;

/**
 * Watches a socket until a client is there, hands the whole socket over, and watches again when it comes back. Everything
 * happens on the dispatcher thread, so nothing here is locked.
 */
public final class HandoverListener implements Listener {

    /** How a handover ended. */
    public enum Outcome {
        /** An instance ran, has taken something from the queue, and has ended. */
        TOOK_SOMETHING,
        /** An instance ran and has ended; everything that was queued is still there. */
        TOOK_NOTHING,
        /** An instance ran and has ended; whether it has taken something is not known. */
        ENDED,
        /** No instance ran; what is queued is still there. */
        NOT_TAKEN,
        /** The first client in the queue was turned away. */
        REFUSED,
        /** A rule wants the clients to wait. */
        NOT_YET
    }

    /** How often a rule is asked again that wants clients of a socket to wait which only its program can take. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    private static final Duration REPEATED_FAILURE = Duration.ofMinutes(1);

    private enum State { PAUSED, WATCHING, WAITING_TO_WATCH, HANDED_OVER, CLOSED }

    private final OpenSocket socket;
    private final Readiness readiness;
    private final ScheduledExecutorService dispatcher;
    private final Function<OpenSocket, CompletionStage<Outcome>> handover;
    private final Runnable afterClose;
    private final Logger log;
    private final RelaunchPace pace = new RelaunchPace();
    private final RepeatedMessage unwatchable = new RepeatedMessage(InstantSource.system(), REPEATED_FAILURE);

    private State state = State.PAUSED;
    private boolean wanted;
    private Readiness.Watch watch = () -> { };
    private long watchingSince;
    private Runnable whenFree = () -> { };
    private CompletableFuture<Object> free = CompletableFuture.completedFuture(Boolean.TRUE);

    /**
     * @param handover gets the socket, in whatever mode, and completes when it is free again
     * @param afterClose run when a program ends that has kept the socket of a listener which was closed meanwhile
     */
    public HandoverListener(OpenSocket socket, Readiness readiness, ScheduledExecutorService dispatcher,
            Function<OpenSocket, CompletionStage<Outcome>> handover, Runnable afterClose, Logger log) {
        this.socket = socket;
        this.readiness = readiness;
        this.dispatcher = dispatcher;
        this.handover = handover;
        this.afterClose = afterClose;
        this.log = log;
    }

    /** The socket is with a program that somebody else gave it to; it comes back when that completes. */
    public void handedOverUntil(CompletionStage<?> itIsFree) {
        state = State.HANDED_OVER;
        lend(itIsFree.handle((ended, failed) -> Outcome.ENDED));
    }

    /** Completes when no program has the socket. */
    public CompletionStage<?> free() {
        return free;
    }

    @Override
    public void resume() {
        wanted = true;
        whenFree = () -> { };
        if (state == State.PAUSED) {
            watch();
        }
    }

    @Override
    public void pause() {
        wanted = false;
        if (state == State.WATCHING) {
            watch.cancel();
            state = State.PAUSED;
        }
    }

    @Override
    public void close() {
        watch.cancel();
        wanted = false;
        state = State.CLOSED;
    }

    /**
     * Closes this listener; if the socket is handed over now, as soon as it is free again.
     *
     * @return whether it is handed over, and {@code action} will be run when it is free
     */
    public boolean retire(Runnable action) {
        if (state == State.HANDED_OVER) {
            wanted = false;
            whenFree = action;
            return true;
        }
        close();
        return false;
    }

    @Override
    public String state() {
        return switch (state) {
            case HANDED_OVER -> "handed over";
            case PAUSED, CLOSED -> "paused";
            case WATCHING, WAITING_TO_WATCH -> "open";
        };
    }

    private void watch() {
        if (!wanted) {
            state = State.PAUSED;
            return;
        }
        try {
            socket.setBlocking(false);
            state = State.WATCHING;
            watchingSince = System.nanoTime();
            watch = readiness.watch(socket.fd(), () -> dispatcher.execute(this::readable));
        } catch (IOException failed) {
            unwatchable.next().ifPresent(end ->
                    log.error("cannot watch {}: {}; trying again{}", socket, failed.getMessage(), end));
            watchLater(pace.afterFailure());
        }
    }

    private void readable() {
        if (state != State.WATCHING) {
            return;
        }
        pace.readableAfter(Duration.ofNanos(System.nanoTime() - watchingSince));
        state = State.HANDED_OVER;
        lend(handOver());
    }

    private CompletionStage<Outcome> handOver() {
        try {
            return handover.apply(socket);
        } catch (Throwable broken) {
            log.error("{} could not be handed over; trying again", socket, broken);
            return CompletableFuture.completedFuture(Outcome.NOT_TAKEN);
        }
    }

    private void lend(CompletionStage<Outcome> end) {
        CompletableFuture<Object> lent = new CompletableFuture<>();
        free = lent;
        end.exceptionally(failed -> Outcome.NOT_TAKEN).thenAccept(outcome -> {
            lent.complete(Boolean.TRUE);
            try {
                dispatcher.execute(() -> takeBack(outcome));
            } catch (RejectedExecutionException gone) {
                // The next dispatcher takes it back.
            }
        });
    }

    private void takeBack(Outcome outcome) {
        if (state == State.CLOSED) {
            afterClose.run();
        }
        if (state != State.HANDED_OVER) {
            return;
        }
        if (!wanted) {
            state = State.PAUSED;
            whenFree.run();
            return;
        }
        Duration delay = switch (outcome) {
            case TOOK_SOMETHING, REFUSED -> pace.afterTaking();
            case TOOK_NOTHING -> pace.afterTakingNothing();
            case ENDED -> pace.afterEnd();
            case NOT_TAKEN -> pace.afterFailure();
            case NOT_YET -> WAIT;
        };
        if (delay.isZero()) {
            watch();
        } else {
            watchLater(delay);
        }
    }

    private void watchLater(Duration delay) {
        state = State.WAITING_TO_WATCH;
        dispatcher.schedule(() -> {
            if (state == State.WAITING_TO_WATCH) {
                watch();
            }
        }, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
