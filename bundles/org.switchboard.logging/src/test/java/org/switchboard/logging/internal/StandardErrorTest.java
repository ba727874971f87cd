package org.switchboard.logging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogLevel;

class StandardErrorTest {

    @Test
    void lineHasTimeLevelLoggerAndMessage() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (StandardError sink = new StandardError(new PrintStream(bytes, true, StandardCharsets.UTF_8), ZoneOffset.UTC, LogLevel.INFO)) {
            sink.write(new Record(Instant.EPOCH, LogLevel.DEBUG, "Listener", List.of("matters less")));
            sink.write(new Record(Instant.parse("2026-11-23T14:05:09.123Z"), LogLevel.INFO, "Listener", List.of("opened", "below")));
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("2026-11-23 14:05:09.123 INFO  Listener: opened\n    below\n");
    }
}
