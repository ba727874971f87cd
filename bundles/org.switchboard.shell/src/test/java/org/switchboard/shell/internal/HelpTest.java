package org.switchboard.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

    /** Fails when it is asked for the third time. */
    public static final class Ticker {

        private int ticks;

        public String tick() {
            ticks++;
            if (ticks > 2) {
                throw new IllegalArgumentException("enough");
            }
            return "tick";
        }
    }

    @Test
    void watchRepeatsACommandUntilItFails() {
        Ticker ticker = new Ticker();
        console.processor.addCommand("inetd", ticker, "tick");
        assertThat(console.type("inetd:watch inetd:tick")).endsWith("enough");
        assertThat(ticker.ticks).isEqualTo(3);
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
