package org.switchboard.posix.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.posix.Lines;
import org.switchboard.posix.Readiness;

/** Lines by epoll, and one thread for the time that they may take; it comes and goes with the need for it. */
@Component
public final class SocketLines implements Lines {

    private final NativeParts parts;
    private final Readiness readiness;
    private final Timers timers;
    private final Runnable close;

    @Activate
    public SocketLines(@Reference NativeParts parts, @Reference Readiness readiness) {
        this(parts, readiness, executor());
    }

    private SocketLines(NativeParts parts, Readiness readiness, ScheduledThreadPoolExecutor executor) {
        this.parts = parts;
        this.readiness = readiness;
        this.timers = (delay, action) -> {
            Future<?> later = executor.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> later.cancel(false);
        };
        this.close = executor::shutdownNow;
    }

    SocketLines(NativeParts parts, Readiness readiness, Timers timers) {
        this.parts = parts;
        this.readiness = readiness;
        this.timers = timers;
        this.close = () -> { };
    }

    private static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "switchboard-lines");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(1, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    @Deactivate
    void close() {
        close.run();
    }

    @Override
    public Pending read(int fd, int mostBytes, Duration atMost, Consumer<Line> whenRead) throws IOException {
        parts.require();
        LineReading reading = new LineReading(fd, mostBytes, whenRead);
        Watching watching = new Watching(readiness, fd, reading::readable, reading::timeOut);
        try {
            watching.start(timers, atMost);
        } catch (RejectedExecutionException closed) {
            throw new IOException("reading lines has ended", closed);
        }
        return new Pending() {
            @Override
            public void cancel() {
                watching.cancel();
            }

            @Override
            public boolean hasTaken() {
                return reading.hasTaken();
            }
        };
    }
}
