package org.switchboard.provider.exec.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogLevel;
import org.switchboard.testkit.FakeLoggers;
import org.switchboard.testkit.ManualClock;

class ExitLogTest {

    private final ManualClock clock = ManualClock.at("2026-11-24T12:00:00Z");
    private final FakeLoggers loggers = new FakeLoggers();
    private final ExitLog exits = new ExitLog(loggers.getLogger("exec"), clock);

    @Test
    void theSameEndIsLoggedOnceAMinuteWithTheNumberOfThoseBetween() {
        for (int i = 0; i < 738; i++) {
            exits.ended("/bin/cat", "signal=13");
        }
        exits.ended("/bin/cat", "exit=1");
        exits.ended("/bin/cat", "ok");
        clock.advance(Duration.ofMinutes(1));
        exits.ended("/bin/cat", "signal=13");

        assertThat(loggers.messages(LogLevel.WARN)).containsExactly("/bin/cat: exit signal 13",
                "/bin/cat: exit status 1",
                "/bin/cat: exit signal 13 (and 737 more before)");
    }
}
