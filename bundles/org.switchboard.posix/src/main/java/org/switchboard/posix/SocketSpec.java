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
 * @param access who may use the path, for {@link Family#UNIX}
 */
public record SocketSpec(Family family, boolean stream, String address, int port, boolean v6only, int backlog,
        int receiveBuffer, int sendBuffer, Access access) {

    /** Address families. */
    public enum Family { INET, INET6, UNIX }

    /**
     * The owner and the mode of a path.
     *
     * @param uid the owner; {@link #UNCHANGED} for whoever made it
     * @param gid the group; {@link #UNCHANGED} for that of whoever made it
     */
    public record Access(int uid, int gid, int mode) {

        /** Leaves the owner or the group alone. */
        public static final int UNCHANGED = -1;

        /** For everybody. */
        public static final Access OPEN = new Access(UNCHANGED, UNCHANGED, 0666);
    }

    public SocketSpec {
        Objects.requireNonNull(family);
        Objects.requireNonNull(address);
        Objects.requireNonNull(access);
    }

    /** A socket for everybody. */
    public SocketSpec(Family family, boolean stream, String address, int port, boolean v6only, int backlog, int receiveBuffer,
            int sendBuffer) {
        this(family, stream, address, port, v6only, backlog, receiveBuffer, sendBuffer, Access.OPEN);
    }
}
