package org.switchboard.access.internal.option;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.log.LogLevel;

/**
 * Where in the system's log a decision goes. Source: hosts_options(5), severity; syslog(3).
 *
 * @param facility in lower case
 */
public record Severity(String facility, LogLevel level) {

    public static final String AUTH = "auth";

    private static final String DAEMON = "daemon";

    private static final Set<String> FACILITIES = Set.of("kern", "user", "mail", DAEMON, AUTH, "lpr", "news", "uucp", "cron",
            "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7");

    /** {@code facility.level}, or a level alone, of the facility that daemons log to. */
    static Optional<Severity> parse(String text) {
        int dot = text.indexOf('.');
        String facility = dot < 0 ? DAEMON : text.substring(0, dot).toLowerCase(Locale.ROOT);
        return FACILITIES.contains(facility)
                ? level(text.substring(dot + 1)).map(level -> new Severity(facility, level)) : Optional.empty();
    }

    private static Optional<LogLevel> level(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "emerg", "alert", "crit", "err" -> Optional.of(LogLevel.ERROR);
            case "warning" -> Optional.of(LogLevel.WARN);
            case "notice" -> Optional.of(LogLevel.AUDIT);
            case "info" -> Optional.of(LogLevel.INFO);
            case "debug" -> Optional.of(LogLevel.DEBUG);
            default -> Optional.empty();
        };
    }
}
