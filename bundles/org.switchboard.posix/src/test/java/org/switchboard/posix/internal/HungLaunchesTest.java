package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.switchboard.testkit.FakeLoggers;

class HungLaunchesTest {

    private final FakeLoggers loggers = new FakeLoggers();
    private final HungLaunches hung = new HungLaunches(Duration.ofSeconds(10), loggers.logger());

    private long said(String text) {
        return loggers.lines().stream().filter(line -> line.message().contains(text)).count();
    }

    private void tick(int times) {
        for (int i = 0; i < times; i++) {
            hung.tick();
        }
    }

    @Test
    void whatGoesWhenItIsKilledIsNotWorthALine() {
        hung.killed(1, "/usr/sbin/in.fingerd", 19);
        tick(3);
        hung.gone(1);
        tick(10);

        assertThat(loggers.lines()).isEmpty();
    }

    @Test
    void whatCannotBeKilledIsSaidOnceForEachProgram() {
        hung.killed(1, "/mnt/dead/server", 0);
        hung.killed(2, "/mnt/dead/server", 0);
        tick(20);

        assertThat(said("2 launches of /mnt/dead/server hang in the kernel")).isOne();
        assertThat(loggers.lines()).hasSize(1);
    }

    @Test
    void itIsSaidWhenTheLastIsGoneAndAgainWhenItHappensAgain() {
        hung.killed(1, "/mnt/dead/server", 0);
        hung.killed(2, "/mnt/dead/server", 0);
        tick(10);
        hung.gone(1);
        assertThat(said("are gone")).isZero();
        hung.gone(2);
        assertThat(said("are gone")).isOne();

        hung.killed(3, "/mnt/dead/server", 0);
        tick(10);
        assertThat(said("hang in the kernel")).isEqualTo(2);
    }
}
