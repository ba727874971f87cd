package org.switchboard.ports.internal;

import java.util.List;
import org.switchboard.api.entry.Protocol.Transport;

/** One line of services(5). */
record NamedPort(String name, int port, Transport transport, List<String> aliases) {

    NamedPort {
        aliases = List.copyOf(aliases);
    }
}
