package org.switchboard.logging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.Logger;

class LevelsTest {

    @Test
    void everythingIsAtInfoUnlessSaidOtherwise() {
        assertThat(Levels.of("", List.of("")).levels()).containsEntry(Logger.ROOT_LOGGER_NAME, LogLevel.INFO);
        assertThat(Levels.of("debug", List.of()).levels()).containsEntry(Logger.ROOT_LOGGER_NAME, LogLevel.DEBUG);
    }

    @Test
    void singleLoggersHaveTheirOwn() {
        assertThat(Levels.of("", List.of("switchboard.access=DEBUG")).levels()).containsEntry("switchboard.access", LogLevel.DEBUG);
    }

    @Test
    void whatIsNotALevelIsSaid() {
        Levels levels = Levels.of("loud", List.of("nonsense"));
        assertThat(levels.complaints()).hasSize(2).anyMatch(text -> text.contains("'loud'")).anyMatch(text -> text.contains("'nonsense'"));
        assertThat(levels.levels()).containsEntry(Logger.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    @Test
    void stepsOfTheFrameworkAreNotWantedButItsErrorsAre() {
        Levels levels = Levels.of("", List.of());
        assertThat(levels.wants(Entries.entry(1, LogLevel.INFO, "Events.Bundle.x", "STARTED"))).isFalse();
        assertThat(levels.wants(Entries.entry(1, LogLevel.ERROR, "Events.Framework.x", "ERROR"))).isTrue();
        assertThat(levels.wants(Entries.entry(1, LogLevel.INFO, "switchboard.access", "START"))).isTrue();
    }
}
