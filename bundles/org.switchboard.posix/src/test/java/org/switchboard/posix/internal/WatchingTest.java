package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.switchboard.posix.Readiness;

/** What the threads of epoll and of timers do at the worst moment. */
class WatchingTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final Runnable NOTHING = () -> { };

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whoReportsMayWaitForALockThatIsHeldByWhoeverBegins() throws Exception {
        Object lock = new Object();
        CountDownLatch reporting = new CountDownLatch(1);
        CompletableFuture<Boolean> reported = new CompletableFuture<>();
        // Readable at once, so that the report is under way before the watch is known to its owner.
        Readiness readiness = (fd, onReadable) -> {
            ReentrantLock running = new ReentrantLock();
            Thread epoll = new Thread(() -> {
                running.lock();
                try {
                    onReadable.run();
                } finally {
                    running.unlock();
                }
            });
            epoll.setDaemon(true);
            epoll.start();
            await(reporting);
            return () -> {
                running.lock();
                running.unlock();
            };
        };
        Watching watching = new Watching(readiness, 0, () -> Optional.of(() -> {
            reporting.countDown();
            synchronized (lock) {
                reported.complete(true);
            }
        }), NOTHING);
        synchronized (lock) {
            watching.start((delay, action) -> NOTHING, TEN_SECONDS);
        }

        assertThat(reported.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTimeThatIsOverBeforeTheWatchBeginsEndsIt() throws Exception {
        CompletableFuture<Boolean> timedOut = new CompletableFuture<>();
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        Watching watching = new Watching((fd, onReadable) -> () -> cancelled.complete(true), 0, Optional::empty,
                () -> timedOut.complete(true));
        watching.start((delay, action) -> {
            action.run();
            return NOTHING;
        }, TEN_SECONDS);

        assertThat(timedOut).isCompleted();
        assertThat(cancelled).isCompleted();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
