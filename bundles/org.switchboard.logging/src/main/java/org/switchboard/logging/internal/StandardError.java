package org.switchboard.logging.internal;

import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.osgi.service.log.LogLevel;

/** Readable lines: {@code 2026-11-23 14:05:09.123 INFO  Listener: echo/tcp listens on 127.0.0.1:7007}. */
final class StandardError implements Sink {

    private final PrintStream out;
    private final DateTimeFormatter time;
    private final LogLevel least;

    /** @param least what matters less is not written */
    StandardError(PrintStream out, ZoneId zone, LogLevel least) {
        this.out = out;
        this.least = least;
        this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
    }

    @Override
    public void write(Record record) {
        if (!least.implies(record.level())) {
            return;
        }
        StringBuilder text = new StringBuilder();
        text.append(time.format(record.time())).append(' ').append(String.format("%-5s", record.level())).append(' ');
        if (!record.logger().isEmpty()) {
            text.append(record.logger()).append(": ");
        }
        text.append(String.join("\n    ", record.lines())).append('\n');
        out.print(text);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
