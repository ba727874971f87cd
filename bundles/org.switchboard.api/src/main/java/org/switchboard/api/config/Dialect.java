package org.switchboard.api.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.switchboard.api.entry.ServiceEntry;

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

    /**
     * Reads one file and those that it includes. A grammar without a way to include other files leaves this as it is.
     *
     * @param includes gives the texts of included files, so that the grammar itself reads none
     * @return what all of them say, in the order of reading; origins name the file that something stands in
     */
    default Parsed parse(String origin, String text, Includes includes) {
        return parse(origin, text);
    }

    /**
     * The options that this dialect gives to an entry which does not say otherwise, as the system does that the grammar comes
     * from. Asked for entries that this dialect has read; what the server was started with counts for more.
     */
    default Map<String, String> defaults(ServiceEntry entry) {
        return Map.of();
    }

    /**
     * What follows from all files together, and stands in none of them.
     *
     * @param entries what this dialect has read from all files, in order
     * @return further entries, which come after all others, with a finding for each
     */
    default Parsed implied(List<ServiceEntry> entries) {
        return new Parsed(List.of(), List.of());
    }

    /**
     * Writes an entry, so that this dialect reads the same entry from it.
     *
     * @param form one of several ways to write, by the dialect's own name for it
     * @return empty if this dialect does not write, or not in that form
     */
    default Optional<Written> write(ServiceEntry entry, String form) {
        return Optional.empty();
    }
}
