package org.switchboard.config.inetd.internal;

import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;

/**
 * An entry, and what its line calls the protocol.
 *
 * @param word may be another one than the entry has: several words can mean one protocol
 */
record ReadEntry(ServiceEntry entry, String word) {

    ReadEntry {
        int comma = word.indexOf(',');
        word = comma < 0 ? word : word.substring(0, comma);
    }

    ReadEntry with(Protocol protocol) {
        return new ReadEntry(new ServiceEntry(entry.name(), entry.socketType(), protocol, entry.address(), entry.port(), entry.mode(),
                entry.identity(), entry.provider(), entry.arguments(), entry.options(), entry.implied(), entry.origin()), word);
    }
}
