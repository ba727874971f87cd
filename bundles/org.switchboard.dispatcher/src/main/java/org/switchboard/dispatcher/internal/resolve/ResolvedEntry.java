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

    /** Whether the other says the same, wherever it is written. */
    public boolean saysTheSameAs(ResolvedEntry other) {
        return sameButOrigin(entry, other.entry) && sameSockets(other);
    }

    private static boolean sameButOrigin(ServiceEntry one, ServiceEntry other) {
        return new ServiceEntry(one.name(), one.socketType(), one.protocol(), one.address(), one.port(), one.mode(),
                one.identity(), one.provider(), one.arguments(), one.options(), other.implied(),
                other.origin()).equals(other);
    }

    /** A claim says where in a file it was made, which may move. */
    private boolean sameSockets(ResolvedEntry other) {
        boolean same = sockets.size() == other.sockets.size();
        for (int i = 0; same && i < sockets.size(); i++) {
            same = sockets.get(i).isSameSocket(other.sockets.get(i));
        }
        return same;
    }
}
