package org.switchboard.api.config;

import org.osgi.annotation.versioning.ConsumerType;

/** A grammar for configuration files. Pure: no sockets, no look-ups, no logging; the same text gives the same result. */
@ConsumerType
public interface Dialect {

    /**
     * Reads one file. Never throws for anything in the text: what cannot be read becomes a finding and costs its own entry.
     *
     * @param origin the name of the file, as findings should quote it
     * @param text the whole file, line ends as they are
     */
    Parsed parse(String origin, String text);
}
