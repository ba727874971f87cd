package org.switchboard.dispatcher.internal.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One thing that an entry does later, unless something else happens before. Dispatcher thread only. */
final class Alarm {

    /** As long as fits into nanoseconds, and longer than anybody waits. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final ScheduledExecutorService dispatcher;
    private Future<?> pending = CompletableFuture.completedFuture(Boolean.TRUE);

    Alarm(ScheduledExecutorService dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Does that when the time is over, not a fraction of a millisecond before, and nothing else that was to be done. */
    void set(Duration delay, Runnable action) {
        cancel();
        Duration bounded = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
        pending = dispatcher.schedule(action, Math.max(0, bounded.toNanos()), TimeUnit.NANOSECONDS);
    }

    boolean isSet() {
        return !pending.isDone();
    }

    void cancel() {
        pending.cancel(false);
    }
}
