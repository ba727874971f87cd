package org.switchboard.dispatcher.internal.watch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.service.log.Logger;

/**
 * Asks every watched thread once a second to answer, and knows for how long the slowest has not. Says so once in the log,
 * with what the thread is doing. Time counts by looks, not by the clock: where the whole process was stopped, no thread is
 * to blame.
 */
public final class ThreadWatch implements LongSupplier, AutoCloseable {

    /** A {@link LongSupplier} with this property says in milliseconds for how long a thread has not answered. */
    public static final String PROPERTY = "switchboard.unanswered";

    static final int WARN_AFTER = 10;
    private static final long PERIOD_MILLIS = 1_000;

    private final Supplier<List<WatchedThread>> threads;
    private final Logger log;
    private final Thread watcher = new Thread(this::run, "switchboard-thread-watch");
    private final Map<WatchedThread, Ping> pings = new HashMap<>(); // guarded by this

    /** What one thread was asked last. */
    private static final class Ping {
        private volatile boolean answered;
        private int looks;
    }

    /** @param threads those that run now; the same object for the same thread */
    public ThreadWatch(Supplier<List<WatchedThread>> threads, Logger log) {
        this.threads = threads;
        this.log = log;
        watcher.setDaemon(true);
    }

    public void start() {
        watcher.start();
    }

    @Override
    public void close() {
        watcher.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                lookSafely();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** The watch itself must not end because memory was short for a moment. */
    private void lookSafely() {
        try {
            look();
        } catch (Throwable failed) {
            log.error("cannot see whether the threads answer", failed);
        }
    }

    /** Looks who has answered, and asks again who has. */
    synchronized void look() {
        List<WatchedThread> now = threads.get();
        pings.keySet().retainAll(now);
        for (WatchedThread thread : now) {
            Ping last = pings.get(thread);
            if (last == null || last.answered) {
                if (last != null && last.looks >= WARN_AFTER) {
                    log.warn("thread {} answers again, after {} s", thread.name(), last.looks);
                }
                pings.put(thread, ask(thread));
            } else if (++last.looks == WARN_AFTER) {
                log.error("thread {} has not answered for {} s; what depends on it is not served. It is at\n\t{}",
                        thread.name(), last.looks, text(thread.stack()));
            }
        }
    }

    private static Ping ask(WatchedThread thread) {
        Ping ping = new Ping();
        try {
            thread.ping(() -> ping.answered = true);
        } catch (RejectedExecutionException ended) {
            // It stays unanswered, for as long as the thread is watched.
        }
        return ping;
    }

    private static String text(StackTraceElement[] stack) {
        return Arrays.stream(stack).map(StackTraceElement::toString).collect(Collectors.joining("\n\t"));
    }

    /** For how many milliseconds the slowest thread has not answered; less than a second counts as none. */
    @Override
    public synchronized long getAsLong() {
        int longest = 0;
        for (Ping ping : pings.values()) {
            longest = Math.max(longest, ping.answered ? 0 : ping.looks);
        }
        return TimeUnit.SECONDS.toMillis(longest);
    }
}
