package org.switchboard.api.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> KNOWN = List.of("echo", "discard", "daytime", "time", "exec", "instances");

    @ParameterizedTest
    @CsvSource({"ehco, echo", "ech, echo", "echoo, echo", "exho, echo", "tiem, time", "dyatmie, daytime", "instnces, instances",
        "intsances, instances"})
    void aSlipOfTheFingersIsSeen(String word, String meant) {
        assertThat(Suggestion.text(word, KNOWN)).isEqualTo("; did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({"qotd", "ec", "eh", "''", "eco1", "finger", "echo"})
    void whatIsFarFromAllOrKnownHasNoSuggestion(String word) {
        assertThat(Suggestion.text(word, List.of("echo"))).isEmpty();
    }

    @Test
    void theNearestIsMeant() {
        assertThat(Suggestion.nearest("daytine", List.of("daytimes", "daytime"))).contains("daytime");
    }
}
