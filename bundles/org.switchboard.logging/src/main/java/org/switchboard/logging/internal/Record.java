package org.switchboard.logging.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.switchboard.posix.SystemText;

/**
 * One log record as it is going to be written.
 *
 * @param logger the last part of the logger's name
 * @param facility that of syslog, by name
 * @param lines the message, free of control characters, and below it the stack trace of an error
 */
record Record(Instant time, LogLevel level, String logger, String facility, List<String> lines) {

    static final String DAEMON = "daemon";

    /** A logger below this is named for the facility of its records, {@code switchboard.syslog.auth}. */
    private static final String BY_FACILITY = "switchboard.syslog.";


    /** A message is cut after so many characters; whoever writes into it from the network cannot flood the log with one line. */
    private static final int MAX_MESSAGE = 4096;
    private static final int MAX_FRAMES = 60;
    private static final int MAX_CAUSES = 5;

    Record {
        lines = List.copyOf(lines);
    }

    /** Of the facility daemon. */
    Record(Instant time, LogLevel level, String logger, List<String> lines) {
        this(time, level, logger, DAEMON, lines);
    }

    static Record of(LogEntry entry) {
        LogLevel level = entry.getLogLevel();
        Optional<Throwable> thrown = Optional.ofNullable(entry.getException());
        String message = Optional.ofNullable(entry.getMessage()).orElse("");
        boolean trace = thrown.isPresent() && level == LogLevel.ERROR;
        List<String> lines = new ArrayList<>();
        lines.add(clean(trace || thrown.isEmpty() ? message : message + ": " + causes(thrown.get())));
        if (trace) {
            appendTrace(thrown.get(), lines);
        }
        return new Record(Instant.ofEpochMilli(entry.getTime()), level, shortName(entry.getLoggerName()),
                facility(entry.getLoggerName()), lines);
    }

    private static String facility(String logger) {
        return Optional.ofNullable(logger).filter(name -> name.startsWith(BY_FACILITY))
                .map(name -> name.substring(BY_FACILITY.length())).orElse(DAEMON);
    }

    private static String shortName(String logger) {
        return Optional.ofNullable(logger).map(name -> name.substring(name.lastIndexOf('.') + 1)).orElse("");
    }

    private static String causes(Throwable thrown) {
        StringBuilder text = new StringBuilder(thrown.toString());
        Throwable cause = thrown.getCause();
        for (int i = 0; i < MAX_CAUSES && cause != null; i++, cause = cause.getCause()) {
            text.append(", caused by ").append(cause);
        }
        return text.toString();
    }

    private static void appendTrace(Throwable thrown, List<String> lines) {
        Throwable current = thrown;
        for (int i = 0; i <= MAX_CAUSES && current != null; i++, current = current.getCause()) {
            lines.add(clean((i == 0 ? "" : "caused by ") + current));
            StackTraceElement[] frames = current.getStackTrace();
            for (int frame = 0; frame < Math.min(frames.length, MAX_FRAMES); frame++) {
                lines.add("    at " + frames[frame]);
            }
        }
    }

    /** What a peer sent must neither forge a line of the log nor command the terminal that shows it. */
    private static String clean(String text) {
        String cut = text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) + "…" : text;
        StringBuilder clean = new StringBuilder(cut.length());
        SystemText.show(cut).chars().forEach(c -> {
            if (c == '\n') {
                clean.append("\\n");
            } else if (Character.isISOControl(c) && c != '\t') {
                clean.append(String.format("\\x%02x", c));
            } else {
                clean.append((char) c);
            }
        });
        return clean.toString();
    }
}
