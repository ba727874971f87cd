package org.switchboard.posix;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Sockets by descriptor. A descriptor that is returned belongs to the caller, who closes it. Safe for several threads. */
@ProviderType
public interface Sockets {

    /**
     * Creates, binds and, for streams, listens. The descriptor is close-on-exec and non-blocking. SO_REUSEADDR is set for
     * streams only, so that the owner of a datagram port is noticed and not robbed. A stale path of a Unix socket (nobody
     * listens) is removed before binding, and the new one gets its owner and mode before anybody can connect.
     *
     * @throws AddressInUseException if somebody has that endpoint open
     * @throws PosixException otherwise, with step and reason
     */
    int open(SocketSpec spec) throws IOException;

    /** Whether this host can open sockets of that family. */
    boolean supports(SocketSpec.Family family);

    /** Sets or clears O_NONBLOCK, which is shared by all duplicates of the descriptor. */
    void setBlocking(int fd, boolean blocking) throws IOException;

    /** A close-on-exec duplicate. */
    int duplicate(int fd) throws IOException;

    /** Closes a descriptor. Whatever close(2) says, it is gone. */
    void close(int fd);

    /** The address that a socket is bound to; a {@link java.net.UnixDomainSocketAddress} for Unix sockets. */
    SocketAddress localAddress(int fd) throws IOException;

    /** The peer that a socket is connected to. */
    Optional<SocketAddress> remoteAddress(int fd);

    /**
     * Turns away the first in the queue of a socket: accepts a connection and closes it, or reads a datagram and throws it
     * away. What the client of the connection has sent is read first, within bounds, so that it sees the end of the
     * connection and not a reset. Never blocks, whatever mode the socket is in, as long as nobody else reads from it.
     */
    void turnAway(int fd);

    /**
     * Turns away everything in the queue of a socket, in the same way. The socket is non-blocking afterwards.
     *
     * @param most how many at most, since more may arrive all the time
     * @return how many there were
     */
    int turnAwayAll(int fd, int most);

    /**
     * Sends the last bytes of a connection, which the caller closes next: they are held back until then, so that they and the end
     * travel in one segment. Never blocks.
     *
     * @return how many bytes the kernel took, none if it takes none at the moment
     * @throws PosixException if the peer has cut the connection
     */
    int sendLast(int fd, byte[] bytes) throws IOException;
}
