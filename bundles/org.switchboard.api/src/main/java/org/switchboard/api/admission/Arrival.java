package org.switchboard.api.admission;

import java.net.SocketAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.entry.ServiceEntry;

/** A client at the door: a connection just accepted, a datagram, or a listening socket with somebody in its queue. */
@ProviderType
public interface Arrival {

    ServiceEntry entry();

    /**
     * The peer. For the socket of a {@code wait} program the sender of the first datagram that is queued; empty where
     * that program accepts connections, since the server does not see who is there.
     */
    Optional<SocketAddress> remote();

    /** How many sessions of the entry run now, those included that began before it had its present options. */
    int running();

    /** The address that was connected to. */
    SocketAddress local();
}
