package org.switchboard.api.entry;

import java.util.Objects;

/**
 * Where an entry or a finding comes from.
 *
 * @param source a file name, the PID of a configuration, or {@code bundle:} and a symbolic name
 * @param line the line of a file, counted from 1; 0 where there are no lines
 */
public record Origin(String source, int line) {

    public Origin {
        Objects.requireNonNull(source);
        if (line < 0) {
            throw new IllegalArgumentException("line " + line);
        }
    }

    /** {@code /etc/inetd.conf:14}, or the source alone. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
