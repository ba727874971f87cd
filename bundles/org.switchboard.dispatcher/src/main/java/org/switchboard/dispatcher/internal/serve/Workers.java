package org.switchboard.dispatcher.internal.serve;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that may block: short errands (starting a program) and activations of providers on pooled ones, sessions of blocking
 * providers on one each, virtual where the JVM has them, and session rules on threads of their own, so that slow look-ups keep
 * nobody else waiting. All are bounded; past the bound they reject.
 */
public final class Workers implements AutoCloseable {

    private static final int MOST_ERRANDS = 256;
    private static final int MOST_JUDGED = 64;
    private static final int MOST_UNJUDGED = 1024;
    /** One provider leaves that part of the blocking sessions to others: one that never comes back must not starve them. */
    private static final int RESERVED = 4;
    private static final long IDLE_SECONDS = 10;
    private static final long STACK_BYTES = 256 * 1024;

    private final ExecutorService errands;
    private final ExecutorService activations;
    private final ExecutorService sessions;
    private final ExecutorService judgements;
    private final Semaphore sessionPermits;
    private final int mostOfOne;

    /** @param mostSessions how many blocking sessions may run at a time */
    public Workers(int mostSessions) {
        errands = pool("switchboard-worker-", MOST_ERRANDS);
        activations = pool("switchboard-activation-", MOST_ERRANDS);
        judgements = queueingPool("switchboard-admission-", MOST_JUDGED, MOST_UNJUDGED);
        sessions = virtualThreads("switchboard-session-", mostSessions);
        sessionPermits = new Semaphore(mostSessions);
        mostOfOne = Math.max(1, mostSessions - mostSessions / RESERVED);
    }

    /** Runs an errand. @throws RejectedExecutionException if all workers are busy */
    public void errand(Runnable errand) {
        run(errands, errand);
    }

    /**
     * Makes the object of a provider. The framework may let that wait until the thread that stops us is done, so that it is not
     * waited for in {@link #finishErrands}.
     *
     * @throws RejectedExecutionException if all workers are busy
     */
    public void activation(Runnable activation) {
        run(activations, activation);
    }

    /** The system may have no thread left, or no memory for one, which is not the fault of the one who asks. */
    private static void run(ExecutorService executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (OutOfMemoryError none) {
            throw new RejectedExecutionException("no thread can be started (" + none.getMessage() + ")", none);
        }
    }

    /** Runs what decides about a visit, as soon as a thread is free. @throws RejectedExecutionException if too many wait */
    void judgement(Runnable judgement) {
        run(judgements, judgement);
    }

    /**
     * Runs a blocking session.
     *
     * @param siblings how many sessions its provider has, with this one
     * @throws RejectedExecutionException if too many are running, of all or of this provider
     */
    void session(Runnable session, int siblings) {
        if (siblings > mostOfOne) {
            throw new RejectedExecutionException("too many blocking sessions of this provider");
        }
        if (!sessionPermits.tryAcquire()) {
            throw new RejectedExecutionException("too many blocking sessions");
        }
        try {
            run(sessions, () -> {
                try {
                    session.run();
                } finally {
                    sessionPermits.release();
                }
            });
        } catch (RejectedExecutionException rejected) {
            sessionPermits.release();
            throw rejected;
        }
    }

    /** Takes nothing more about new clients, and waits for what has begun, so that none is lost on its way. */
    public void finishErrands(Duration atMost) {
        try {
            judgements.shutdown();
            judgements.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
            errands.shutdown();
            errands.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        errands.shutdownNow();
        activations.shutdownNow();
        judgements.shutdownNow();
        sessions.shutdownNow();
    }

    private static ExecutorService pool(String prefix, int most) {
        return new ThreadPoolExecutor(0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), platform(prefix));
    }

    private static ExecutorService queueingPool(String prefix, int most, int queued) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(most, most, IDLE_SECONDS, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queued), platform(prefix));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory platform(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(null, task, prefix + number.incrementAndGet(), STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Virtual threads are there from Java 21 on; this is compiled for 17. */
    private static ExecutorService virtualThreads(String prefix, int most) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            type.getMethod("name", String.class, long.class).invoke(builder, prefix, 1L);
            ThreadFactory factory = (ThreadFactory) type.getMethod("factory").invoke(builder);
            return (ExecutorService) Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, factory);
        } catch (NoSuchMethodException | ClassNotFoundException | IllegalAccessException | InvocationTargetException older) {
            return pool(prefix, most);
        }
    }
}
