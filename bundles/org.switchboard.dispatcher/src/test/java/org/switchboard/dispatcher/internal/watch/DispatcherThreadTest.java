package org.switchboard.dispatcher.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogLevel;
import org.switchboard.testkit.FakeLoggers;

class DispatcherThreadTest {

    private static final long PATIENCE_SECONDS = 60;

    private final FakeLoggers loggers = new FakeLoggers();
    private final DispatcherThread thread = new DispatcherThread(loggers.logger());

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    @Test
    void aTaskThatFailsIsLoggedAndRepeatedAllTheSame() throws Exception {
        CountDownLatch third = new CountDownLatch(3);
        thread.scheduleWithFixedDelay(() -> {
            third.countDown();
            throw new Error("time " + third.getCount());
        }, 0, 1, TimeUnit.MILLISECONDS);

        assertThat(third.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(loggers.messages(LogLevel.ERROR)).contains("a task of switchboard-dispatcher failed");
    }

    @Test
    void whatFailsForSomebodyWhoWaitsFailsThereAlone() {
        Callable<Object> failing = () -> {
            throw new Error("for you");
        };
        assertThatThrownBy(() -> thread.submit(failing).get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class).hasRootCauseMessage("for you");
        assertThat(loggers.lines()).isEmpty();
    }
}
