package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.Readiness.Watch;
import org.switchboard.testkit.FakeLoggers;

@EnabledOnOs(OS.LINUX)
class EpollReadinessTest {

    private final FakeLoggers loggers = new FakeLoggers();
    private EpollReadiness readiness;
    private int[] pair;

    @BeforeEach
    void start() throws Exception {
        readiness = new EpollReadiness(Native.parts(), loggers.logger());
        pair = Native.pair();
    }

    @AfterEach
    void end() {
        readiness.close();
        LibC.close(pair[0]);
        LibC.close(pair[1]);
    }

    private String threadOfTheNextEvent(int fd) throws Exception {
        CompletableFuture<String> thread = new CompletableFuture<>();
        readiness.watch(fd, () -> thread.complete(Thread.currentThread().getName()));
        return thread.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aReadableDescriptorIsToldOnTheThreadOfReadiness() throws Exception {
        Native.send(pair[1], "x");

        assertThat(threadOfTheNextEvent(pair[0])).isEqualTo("switchboard-readiness");
    }

    @Test
    void aWatchIsOverAfterOneEvent() throws Exception {
        AtomicInteger events = new AtomicInteger();
        readiness.watch(pair[0], events::incrementAndGet);
        Native.send(pair[1], "x");

        // Still readable: a second watch of the same descriptor is possible, and the first is not told again.
        threadOfTheNextEventOnceTold(events);
        assertThat(events).hasValue(1);
    }

    private void threadOfTheNextEventOnceTold(AtomicInteger events) throws Exception {
        int[] other = Native.pair();
        Native.send(other[1], "x");
        while (events.get() == 0) {
            threadOfTheNextEvent(other[0]);
        }
        threadOfTheNextEvent(pair[0]);
        LibC.close(other[0]);
        LibC.close(other[1]);
    }

    @Test
    void aPeerThatGoesIsAnEvent() throws Exception {
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        readiness.watch(pair[0], () -> told.complete(true));

        LibC.shutdown(pair[1], 1);

        assertThat(told.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCancelledWatchIsNotTold() throws Exception {
        AtomicInteger events = new AtomicInteger();
        Watch watch = readiness.watch(pair[0], events::incrementAndGet);
        watch.cancel();
        watch.cancel();
        Native.send(pair[1], "x");

        threadOfTheNextEvent(pair[0]);
        assertThat(events).hasValue(0);
    }

    @Test
    void cancellingWaitsForTheRunningAction() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        Watch watch = readiness.watch(pair[0], () -> {
            running.countDown();
            await(mayEnd);
            ended.incrementAndGet();
        });
        Native.send(pair[1], "x");
        running.await();
        CompletableFuture<Integer> cancelled = CompletableFuture.supplyAsync(() -> {
            watch.cancel();
            return ended.get();
        });
        mayEnd.countDown();

        assertThat(cancelled.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anActionMayCancelItsOwnWatch() throws Exception {
        CompletableFuture<Watch> self = new CompletableFuture<>();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        self.complete(readiness.watch(pair[0], () -> {
            self.join().cancel();
            done.complete(true);
        }));
        Native.send(pair[1], "x");

        assertThat(done.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anActionThatFailsHarmsNoOther() throws Exception {
        readiness.watch(pair[0], () -> {
            throw new IllegalStateException("mine");
        });
        Native.send(pair[1], "x");
        loggers.await("failed; it is watched no longer");

        assertThat(threadOfTheNextEvent(pair[0])).isEqualTo("switchboard-readiness");
    }

    @Test
    void aDescriptorThatIsNotOpenIsRefused() {
        assertThatThrownBy(() -> readiness.watch(99_999, () -> { })).isInstanceOf(PosixException.class)
                .hasMessage("watch descriptor 99999: Bad file descriptor");
    }

    @Test
    void afterTheEndNothingIsWatched() throws Exception {
        Watch watch = readiness.watch(pair[0], () -> { });
        readiness.close();
        watch.cancel();

        assertThatThrownBy(() -> readiness.watch(pair[0], () -> { })).isInstanceOf(PosixException.class);
    }
}
