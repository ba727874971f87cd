package org.switchboard.dispatcher.internal.watch;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.log.Logger;

/**
 * The one thread on which entries change. A task that fails is logged, and harms neither the next one nor its own
 * repetitions; a Callable that is submitted fails for its caller.
 */
public final class DispatcherThread extends ScheduledThreadPoolExecutor implements WatchedThread {

    private static final String NAME = "switchboard-dispatcher";

    private final Logger log;
    private volatile Thread thread;

    public DispatcherThread(Logger log) {
        super(1);
        this.log = log;
        setRemoveOnCancelPolicy(true);
        setThreadFactory(task -> {
            thread = new Thread(task, NAME);
            return thread;
        });
    }

    /** Catches everything, as an executor of the JDK would put it into a future that nobody looks at. */
    private Runnable safely(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable broken) {
                log.error("a task of {} failed", NAME, broken);
            }
        };
    }

    @Override
    public void execute(Runnable task) {
        super.schedule(safely(task), 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(safely(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        return super.scheduleWithFixedDelay(safely(task), initialDelay, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        return super.scheduleAtFixedRate(safely(task), initialDelay, period, unit);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void ping(Runnable answer) {
        execute(answer);
    }

    @Override
    public StackTraceElement[] stack() {
        Thread started = thread;
        return started == null ? new StackTraceElement[0] : started.getStackTrace();
    }
}
