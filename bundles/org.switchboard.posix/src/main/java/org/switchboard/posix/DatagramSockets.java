package org.switchboard.posix;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What it takes to give each peer of a datagram port a socket of its own: the kernel cannot move a datagram from one socket to
 * another, so the socket that has the datagram goes, and another takes its place. Internet sockets only. Safe for several
 * threads; nothing here blocks.
 */
@ProviderType
public interface DatagramSockets {

    /**
     * The first datagram of a queue. Two that are equal are the same datagram, if the kernel noted when it arrived.
     *
     * @param arrived in nanoseconds since 1970; 0 if the kernel did not note it
     */
    record First(SocketAddress sender, long arrived) {
        public First {
            Objects.requireNonNull(sender);
        }
    }

    /**
     * The first datagram that is queued, which stays there. The kernel notes the arrival of all that come after the
     * first call.
     */
    Optional<First> first(int fd);

    /**
     * Opens a second socket on the address of this one, with the buffers of the spec. From then on it gets whatever arrives,
     * but for what comes from a peer that the first one is connected to; what is queued stays with the first. Close-on-exec
     * and non-blocking; the caller closes it. Strangers are kept off the address as before.
     */
    int succeed(int fd, SocketSpec spec) throws IOException;

    /** Who sent what is queued, in that order, as far as {@code most} datagrams; nothing is taken. An empty datagram may be missed. */
    List<SocketAddress> senders(int fd, int most);

    /** Connects the socket to the sender of the first datagram that is queued, if there is one. */
    void connectToFirst(int fd) throws IOException;

    /** Connects the socket to its own address, so that nobody's datagrams arrive there any more. */
    void connectToItself(int fd) throws IOException;
}
