package org.switchboard.dispatcher.internal.resolve;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.switchboard.api.entry.ServiceEntry;

/**
 * An entry with its names turned into numbers.
 *
 * @param port the port number, where the entry has one
 * @param sockets what to open; empty if that could not be found out
 * @param notes remarks for the operator
 * @param failure why the entry cannot run; empty if nothing is known against it
 */
public record ResolvedEntry(ServiceEntry entry, OptionalInt port, List<PlannedSocket> sockets, List<String> notes,
        Optional<String> failure) {

    public ResolvedEntry {
        sockets = List.copyOf(sockets);
        notes = List.copyOf(notes);
    }

    /** Whether it is switched off where it is defined. */
    public boolean disabled() {
        return "yes".equals(entry.options().get(Resolver.DISABLE_OPTION));
    }
}
