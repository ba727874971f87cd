package org.switchboard.api.provider;

import java.net.SocketAddress;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.entry.ServiceEntry;

/** One peer's visit. Safe for use by several threads. */
@ProviderType
public interface Session {

    /** The number of this session, unique while the server runs. */
    long number();

    /** The entry that this session is served for; its arguments are the provider's arguments. */
    ServiceEntry entry();

    /** The peer's address; for Unix sockets an address whose text may be empty. */
    SocketAddress remote();

    /** The address that the peer connected to. */
    SocketAddress local();

    /** Whether the server wants this session to come to its end: the provider, or the server, is being replaced or stopped. */
    boolean draining();

    /**
     * Asks to be told, once, when {@link #draining()} becomes true; at once if it is true already. The call comes on any
     * thread and must not block.
     */
    void onDrain(Runnable action);
}
