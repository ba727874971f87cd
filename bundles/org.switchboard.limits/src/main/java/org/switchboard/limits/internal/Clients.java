package org.switchboard.limits.internal;

import java.util.Optional;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;

/** What the server knows of the clients of an entry, and so which limits can have an effect. */
final class Clients {

    private Clients() {
    }

    /** Why no limit for each address has an effect, if that is so. */
    static Optional<String> withoutAddress(ServiceEntry entry) {
        if (entry.protocol().transport() == Transport.UNIX) {
            return Optional.of("clients of a Unix socket have no address");
        }
        return shareOneProgram(entry) && entry.socketType() == SocketType.STREAM
                ? Optional.of("its program accepts the clients, whose addresses the server does not see")
                : Optional.empty();
    }

    /** Whether a program gets the socket of the entry, and serves all who come while it has it. */
    static boolean shareOneProgram(ServiceEntry entry) {
        boolean whole = entry.protocol().transport() == Transport.UNIX && entry.socketType() == SocketType.DGRAM;
        return entry.isProgram() && (entry.mode() == Mode.WAIT || whole);
    }
}
