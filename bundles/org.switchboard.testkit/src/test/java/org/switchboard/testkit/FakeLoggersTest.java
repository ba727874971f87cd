package org.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogLevel;

class FakeLoggersTest {

    private final FakeLoggers loggers = new FakeLoggers();

    @Test
    void bracesAreFilledInOrder() {
        loggers.getLogger("access").info("START {}#{} from={}", "ftp/tcp", 42, "192.0.2.7");

        assertThat(loggers.lines()).hasToString("[INFO access: START ftp/tcp#42 from=192.0.2.7]");
    }

    @Test
    void anExceptionAtTheEndIsKept() {
        IOException cause = new IOException("gone");

        loggers.logger().warn("cannot read '{}'", "/etc/services", cause);

        assertThat(loggers.lines().get(0).message()).isEqualTo("cannot read '/etc/services'");
        assertThat(loggers.lines().get(0).thrown()).contains(cause);
    }

    @Test
    void printfLoggersFormatLikePrintf() {
        loggers.getLogger("x", FormatterLogger.class).error("%d of %s", 3, "five");

        assertThat(loggers.messages(LogLevel.ERROR)).containsExactly("3 of five");
    }

    @Test
    void blocksAreRun() {
        loggers.logger().debug(log -> log.debug("from the block"));

        assertThat(loggers.messages(LogLevel.DEBUG)).containsExactly("from the block");
    }

    @Test
    void aLineThatNeverComesIsReportedWithThoseThatCame() {
        loggers.logger().info("something else");

        assertThatThrownBy(() -> loggers.await(line -> false, Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class).hasMessageContaining("something else");
    }
}
