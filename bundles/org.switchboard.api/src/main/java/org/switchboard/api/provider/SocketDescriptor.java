package org.switchboard.api.provider;

import java.net.SocketAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.entry.ServiceEntry;

/**
 * A kernel socket on its way to a {@link DescriptorProvider}. The descriptor stays the server's: it is open, and in blocking
 * mode, during {@link DescriptorProvider#start} and may be closed afterwards; who wants it longer duplicates it.
 */
@ProviderType
public interface SocketDescriptor {

    /** The number of the descriptor in this process. */
    int fd();

    /** The number of the session, for logs. */
    long session();

    ServiceEntry entry();

    /** The local address, where the socket has one. */
    Optional<SocketAddress> local();

    /** The peer of an accepted connection, or of a datagram socket that is its alone; empty for any other socket. */
    Optional<SocketAddress> remote();
}
