package org.switchboard.api.config;

import java.util.List;
import java.util.Objects;
import org.switchboard.api.entry.Origin;

/**
 * What can be read of an entry that cannot run as it is written, so that the operator sees it among the others.
 *
 * @param name as configured, or what the source calls it for lack of a name
 * @param protocol as configured, also where it cannot be read
 * @param address as configured; empty if there is none, or several are
 * @param port 0 if there is none, or it cannot be read
 * @param provider as configured; may be empty
 * @param reason why it cannot run, in one sentence
 * @param notes what else is wrong with it
 */
public record RejectedEntry(String name, String protocol, String address, int port, String provider, Origin origin,
        String reason, List<String> notes) {

    public RejectedEntry {
        Objects.requireNonNull(name);
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(address);
        Objects.requireNonNull(provider);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(reason);
        notes = List.copyOf(notes);
    }

    /** Made as the id of an entry is: {@code name/protocol}, plus {@code @address} if it names one. */
    public String id() {
        return name + "/" + protocol + (address.isEmpty() ? "" : "@" + address);
    }
}
