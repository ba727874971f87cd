package org.switchboard.ports.internal;

import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.ports.PortClaim;

/** Claims for tests; the owner is the name unless it matters. */
final class Claims {

    private Claims() {
    }

    static PortClaim claim(String name, Protocol protocol, String address, int port) {
        return new PortClaim(name, protocol, address, port, name, new Origin("inetd.conf", 12));
    }
}
