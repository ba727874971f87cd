package org.switchboard.posix.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.switchboard.posix.Lines.Pending;
import org.switchboard.posix.Readiness;

/** Looks at a descriptor whenever it is readable, until it has seen enough, or the time is over, or somebody cancels. */
final class Watching implements Pending {

    private final Readiness readiness;
    private final int fd;
    private final Supplier<Optional<Runnable>> readable;
    private final Runnable timeOut;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile Readiness.Watch watch = () -> { }; // set under the lock of this, so that the newest is the last
    private volatile Runnable timer = () -> { };
    private volatile boolean stopped;

    /**
     * @param readable looks; empty if it wants to look again, else what reports that it has seen enough
     * @param timeOut reports that the time is over, instead of the other report; never runs while somebody looks
     */
    Watching(Readiness readiness, int fd, Supplier<Optional<Runnable>> readable, Runnable timeOut) {
        this.readiness = readiness;
        this.fd = fd;
        this.readable = readable;
        this.timeOut = timeOut;
    }

    void start(Timers timers, Duration atMost) throws IOException {
        timer = timers.after(atMost, this::end);
        try {
            watch();
        } catch (IOException failed) {
            over.set(true);
            timer.run();
            throw failed;
        }
        // Not if it is over because somebody looked: he may be waiting for a lock that our caller holds.
        if (stopped) {
            watch.cancel();
        }
    }

    private synchronized void watch() throws IOException {
        watch = readiness.watch(fd, this::look);
    }

    private void look() {
        if (over.get()) {
            return;
        }
        Optional<Runnable> report = readable.get();
        try {
            if (report.isEmpty()) {
                watch();
            } else if (over.compareAndSet(false, true)) {
                timer.run();
                report.get().run();
            }
        } catch (IOException closing) {
            end();
        }
    }

    private void end() {
        if (stop()) {
            timeOut.run();
        }
    }

    @Override
    public void cancel() {
        stop();
    }

    /** Whoever sets {@code over} first ends it. A look that is going on is waited for, and with it the watch that it began. */
    private boolean stop() {
        boolean first = over.compareAndSet(false, true);
        stopped = true;
        timer.run();
        Readiness.Watch last;
        do {
            last = watch;
            last.cancel();
        } while (last != watch);
        return first;
    }
}
