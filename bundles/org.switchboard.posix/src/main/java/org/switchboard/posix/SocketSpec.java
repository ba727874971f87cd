package org.switchboard.posix;

import java.util.Objects;

/**
 * A socket to listen on.
 *
 * @param family the address family of the socket
 * @param stream true for SOCK_STREAM, false for SOCK_DGRAM
 * @param address a numeric address of that family, the wildcard included ({@code 0.0.0.0}, {@code ::}); for
 *     {@link Family#UNIX} the path
 * @param port 0 to let the kernel choose; ignored for {@link Family#UNIX}
 * @param v6only for {@link Family#INET6}: whether IPv4 peers are kept out
 * @param backlog how many connections the kernel queues, for streams
 * @param receiveBuffer SO_RCVBUF in bytes; 0 leaves the system's default
 * @param sendBuffer SO_SNDBUF in bytes; 0 leaves the system's default
 */
public record SocketSpec(Family family, boolean stream, String address, int port, boolean v6only, int backlog,
        int receiveBuffer, int sendBuffer) {

    /** Address families. */
    public enum Family { INET, INET6, UNIX }

    public SocketSpec {
        Objects.requireNonNull(family);
        Objects.requireNonNull(address);
    }
}
