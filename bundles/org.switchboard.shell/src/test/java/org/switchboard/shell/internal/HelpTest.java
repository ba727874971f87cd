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
        assertThat(console.fails("inetd:help lsit")).isEqualTo("no such command: lsit; did you mean 'list'?");
        assertThat(console.fails("inetd:watch lsit")).isEqualTo("no such command: lsit; did you mean 'list'?");
    }

    @Test
    void aSlipOfTheFingersIsOneOfTheKnownCommands() {
        console.processor.addCommand("other", this, "close");
        assertThat(console.type("inetd:__suggest lst")).isEqualTo("; did you mean 'list'?");
        assertThat(console.type("inetd:__suggest inetd:lsit")).isEqualTo("; did you mean 'inetd:list'?");
        assertThat(console.type("inetd:__suggest inted:list")).isEqualTo("; did you mean 'inetd:list'?");
        assertThat(console.type("inetd:__suggest clsoe")).as("of another bundle").isEqualTo("; did you mean 'close'?");
        assertThat(console.type("inetd:__suggest statsu")).isEmpty();
        assertThat(console.type("inetd:__suggest statsu status")).isEqualTo("; did you mean 'status'?");
        assertThat(console.type("inetd:__suggest __service")).as("not for people").isEmpty();
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
