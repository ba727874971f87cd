package org.switchboard.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code help} and {@code watch}, which are about other commands. */
class HelpTest {

    private Console console;

    @BeforeEach
    void open(@TempDir Path storage) throws Exception {
        console = new Console(storage);
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Test
    void everyCommandHasALineWithASentenceAndNoneIsInternal() {
        assertThat(console.lines("inetd:help")).hasSizeLessThan(24).noneMatch(line -> line.contains("__"))
                .contains("  list        Lists the services, how each stands, and why.")
                .allMatch(line -> line.length() <= 120);
    }

    @Test
    void oneCommandIsExplained() {
        assertThat(console.type("inetd:help show")).isEqualTo(console.type("inetd:show --help"));
        assertThat(console.type("inetd:help inetd:show")).isEqualTo(console.type("inetd:show --help"));
    }

    @Test
    void theCommandsOfAllBundlesStandByScope() {
        console.processor.addCommand("other", this, "close");
        assertThat(console.type("inetd:help --all")).contains("inetd: check completion", "other: close").doesNotContain("__");
    }

    @Test
    void whatIsNoCommandIsNamed() {
        assertThat(console.fails("inetd:help nonsense")).isEqualTo("no such command: nonsense");
    }

    /** Counts how often it was asked. */
    public static final class Ticker {

        private final CountDownLatch twice = new CountDownLatch(2);

        public String tick() {
            twice.countDown();
            return "tick";
        }
    }

    @Test
    void watchRepeatsACommandUntilItIsInterrupted() throws Exception {
        Ticker ticker = new Ticker();
        console.processor.addCommand("inetd", ticker, "tick");
        Thread watching = new Thread(() -> console.type("inetd:watch inetd:tick"));
        watching.start();
        assertThat(ticker.twice.await(30, TimeUnit.SECONDS)).isTrue();
        watching.interrupt();
        watching.join(30_000);
        assertThat(watching.isAlive()).isFalse();
    }

    @Test
    void watchRefusesAnIntervalThatIsNone() {
        assertThat(console.fails("inetd:watch -n 0 list")).contains("'0' is not a number of seconds");
        assertThat(console.fails("inetd:watch -n often list")).contains("'often' is not a number of seconds");
    }

    @Test
    void watchSaysWhatIsWrongWithTheCommand() {
        assertThat(console.fails("inetd:watch inetd:show nothing")).contains("the server is not running");
    }
}
