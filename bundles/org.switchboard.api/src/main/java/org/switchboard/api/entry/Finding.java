package org.switchboard.api.entry;

import java.util.Objects;

/**
 * An error or a warning about a configuration, in one sentence that says what was done about it.
 *
 * @param message without origin and severity, user text in single quotes: {@code unknown protocol 'tpc'; entry skipped}
 */
public record Finding(Severity severity, Origin origin, String message) {

    /** How bad. */
    public enum Severity {
        /** Something asked for is not done. */
        ERROR,
        /** Everything is done, but perhaps not what was meant. */
        WARNING;

        @Override
        public String toString() {
            return this == ERROR ? "error" : "warning";
        }
    }

    public Finding {
        Objects.requireNonNull(severity);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(message);
    }

    public static Finding error(Origin origin, String message) {
        return new Finding(Severity.ERROR, origin, message);
    }

    public static Finding warning(Origin origin, String message) {
        return new Finding(Severity.WARNING, origin, message);
    }

    /** {@code /etc/inetd.conf:14: error: unknown protocol 'tpc'; entry skipped}. */
    @Override
    public String toString() {
        return origin + ": " + severity + ": " + message;
    }
}
