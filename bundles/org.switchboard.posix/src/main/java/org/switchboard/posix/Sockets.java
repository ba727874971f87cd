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
     * Turns away the first in the queue of a socket: accepts a connection and {@link #end ends} it, or reads a datagram
     * and throws it away. Never blocks, whatever mode the socket is in, as long as nobody else reads from it.
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
     * Ends a connection on which something may have been written, so that the peer gets all of it and then an end, not
     * a reset, even if it has sent what nobody read or sends more. Our side is ended at once; the descriptor, which
     * this takes ownership of, is closed when the peer has ended its side, and as it is when it was silent for 5 s or
     * after 30 s, when it has sent 16 MiB, when more than 2048 connections are ending, and when this bundle stops.
     * Every duplicate of the descriptor is ended with it. Never blocks.
     */
    void end(int fd);

    /**
     * Sends the last bytes of a connection and {@link #end ends} it; takes ownership of the descriptor. The bytes and
     * the end travel in one segment if they fit into one. What the kernel does not take at once is sent as soon as it
     * does. Never blocks.
     *
     * @param bytes not copied, and not to be changed any more
     * @return how many bytes the kernel took at once
     * @throws PosixException if the peer has cut the connection, which is closed then
     */
    int sendLast(int fd, byte[] bytes) throws IOException;
}
