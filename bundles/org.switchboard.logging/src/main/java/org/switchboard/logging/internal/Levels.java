package org.switchboard.logging.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.Logger;

/**
 * Which loggers say how much.
 *
 * @param levels by name of the logger, as the log service takes them
 * @param complaints what could not be understood, and what was done instead
 */
record Levels(Map<String, LogLevel> levels, List<String> complaints) {

    /** Above the loggers on which felix.log tells every step of every bundle and service; their level is INFO, whatever ours. */
    private static final String FRAMEWORK_EVENTS = "Events";

    Levels {
        levels = Map.copyOf(levels);
        complaints = List.copyOf(complaints);
    }

    /**
     * @param general the level of all loggers; empty for INFO
     * @param single {@code logger=LEVEL}, each
     */
    static Levels of(String general, Collection<String> single) {
        Map<String, LogLevel> levels = new HashMap<>(Map.of(Logger.ROOT_LOGGER_NAME, LogLevel.INFO, FRAMEWORK_EVENTS, LogLevel.WARN));
        List<String> complaints = new ArrayList<>();
        if (!general.isBlank()) {
            put(Logger.ROOT_LOGGER_NAME, general, levels, complaints);
        }
        for (String one : single) {
            int sign = one.indexOf('=');
            if (sign > 0) {
                put(one.substring(0, sign).strip(), one.substring(sign + 1), levels, complaints);
            } else if (!one.isBlank()) {
                complaints.add("'" + one + "' is not of the form LOGGER=LEVEL; ignored");
            }
        }
        return new Levels(levels, complaints);
    }

    /** Whether an entry is wanted. Loggers know their level themselves; framework events come past it. */
    boolean wants(LogEntry entry) {
        boolean event = Optional.ofNullable(entry.getLoggerName()).filter(name -> name.startsWith(FRAMEWORK_EVENTS + ".")).isPresent();
        return !event || levels.get(FRAMEWORK_EVENTS).implies(entry.getLogLevel());
    }

    private static void put(String logger, String level, Map<String, LogLevel> levels, List<String> complaints) {
        try {
            levels.put(logger, LogLevel.valueOf(level.strip().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            complaints.add("unknown level '" + level + "' for '" + logger + "'; it keeps its own");
        }
    }
}
