package org.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.osgi.annotation.versioning.ConsumerType;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.Parsed;

/** What every {@link Dialect} must keep, whatever its grammar. A test class implements this next to its own tests. */
@ConsumerType
public interface DialectContract {

    /** The name that findings and entries must quote. */
    String FILE = "contract.conf";

    /** The dialect under test. */
    Dialect dialect();

    /** A text that the dialect reads without findings, with at least one entry. */
    String goodText();

    @Test
    default void aGoodTextGivesEntriesAndNoFindings() {
        Parsed parsed = dialect().parse(FILE, goodText());

        assertThat(parsed.findings()).isEmpty();
        assertThat(parsed.entries()).isNotEmpty();
    }

    @Test
    default void theSameTextGivesTheSameResult() {
        assertThat(dialect().parse(FILE, goodText())).isEqualTo(dialect().parse(FILE, goodText()));
    }

    @Test
    default void anEmptyTextIsNoError() {
        assertThat(dialect().parse(FILE, "")).isEqualTo(new Parsed(List.of(), List.of()));
    }

    @Test
    default void lineEndsOfOtherSystemsMakeNoDifference() {
        assertThat(dialect().parse(FILE, goodText().replace("\n", "\r\n"))).isEqualTo(dialect().parse(FILE, goodText()));
    }

    @Test
    default void aTextCutAnywhereIsNeverAnException() {
        String text = goodText();
        for (int end = 0; end <= text.length(); end++) {
            expectInside(text.substring(0, end));
        }
    }

    @Test
    default void aTextWithStrayCharactersIsNeverAnException() {
        Random random = new Random(862);
        String strays = "\0\t \n\r\\\"'#:;,.{}[]()=/-+*@%$0\u00e4\u20ac\ud83d";
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder(goodText());
            for (int i = 0; i <= random.nextInt(5); i++) {
                text.setCharAt(random.nextInt(text.length()), strays.charAt(random.nextInt(strays.length())));
            }
            expectInside(text.toString());
        }
    }

    /** Parses, and checks that everything found names this file and a line of it. */
    private void expectInside(String text) {
        Parsed parsed = dialect().parse(FILE, text);
        int lines = text.split("\r\n|\r|\n", -1).length;
        assertThat(parsed.findings()).as(text).allSatisfy(finding -> {
            assertThat(finding.origin().source()).isEqualTo(FILE);
            assertThat(finding.origin().line()).isBetween(1, lines);
        });
        assertThat(parsed.entries()).as(text).allSatisfy(entry -> {
            assertThat(entry.origin().source()).isEqualTo(FILE);
            assertThat(entry.origin().line()).isBetween(1, lines);
        });
    }
}
