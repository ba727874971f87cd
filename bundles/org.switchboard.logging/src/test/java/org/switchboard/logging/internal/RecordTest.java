package org.switchboard.logging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogLevel;

class RecordTest {

    @Test
    void loggerIsKnownByItsLastName() {
        assertThat(Record.of(Entries.entry(1, LogLevel.INFO, "org.switchboard.dispatcher.Listener", "x")).logger()).isEqualTo("Listener");
    }

    @Test
    void errorHasItsStackTraceBelow() {
        Record record = Record.of(Entries.entry(LogLevel.ERROR, "broken", new IOException("no", new IllegalStateException("why"))));
        assertThat(record.lines().get(0)).isEqualTo("broken");
        assertThat(record.lines()).contains("java.io.IOException: no", "caused by java.lang.IllegalStateException: why");
        assertThat(record.lines()).anyMatch(line -> line.startsWith("    at "));
    }

    @Test
    void warningHasItsCausesBehind() {
        Record record = Record.of(Entries.entry(LogLevel.WARN, "odd", new IOException("no", new IllegalStateException("why"))));
        assertThat(record.lines()).containsExactly("odd: java.io.IOException: no, caused by java.lang.IllegalStateException: why");
    }

    @Test
    void whatAPeerSendsNeitherForgesALineNorCommandsATerminal() {
        Record record = Record.of(Entries.entry(1, LogLevel.INFO, "a", "user 'x\n2026 ERROR\u001b[2J'"));
        assertThat(record.lines()).containsExactly("user 'x\\n2026 ERROR\\x1b[2J'");
    }

    @Test
    void endlessMessageIsCut() {
        assertThat(Record.of(Entries.entry(1, LogLevel.INFO, "a", "x".repeat(1_000_000))).lines().get(0)).hasSizeLessThan(5_000);
    }
}
