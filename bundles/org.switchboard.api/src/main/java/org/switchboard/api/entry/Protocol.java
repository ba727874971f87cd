package org.switchboard.api.entry;

import java.util.Locale;
import java.util.Optional;

/**
 * The protocol column of an entry. The digit says which IP versions are served and by how many sockets.
 *
 * <p>Source: inetd(8), Debian openbsd-inetd, for the meaning of {@code tcp}, {@code tcp6} and {@code tcp46}.
 */
public enum Protocol {
    /** IPv4 and IPv6 on one socket each; IPv4 alone where the host has no IPv6. */
    TCP(Transport.TCP),
    /** IPv4 only, on an AF_INET socket. */
    TCP4(Transport.TCP),
    /** IPv6 only, on an AF_INET6 socket with IPV6_V6ONLY. */
    TCP6(Transport.TCP),
    /** Both on one AF_INET6 socket; IPv4 peers appear as {@code ::ffff:a.b.c.d}. */
    TCP46(Transport.TCP),
    /** As {@link #TCP}, for datagrams. */
    UDP(Transport.UDP),
    /** As {@link #TCP4}, for datagrams. */
    UDP4(Transport.UDP),
    /** As {@link #TCP6}, for datagrams. */
    UDP6(Transport.UDP),
    /** As {@link #TCP46}, for datagrams. */
    UDP46(Transport.UDP),
    /** A Unix domain socket at a path of the file system; the socket type says whether stream or datagram. */
    UNIX(Transport.UNIX);

    /** What carries the bytes, without the IP version. A port number is unique per transport. */
    public enum Transport {
        TCP, UDP, UNIX;

        /** The spelling of services(5): {@code tcp}, {@code udp}; and {@code unix}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Transport transport;

    Protocol(Transport transport) {
        this.transport = transport;
    }

    public Transport transport() {
        return transport;
    }

    /** The spelling used in configuration files and ids: {@code tcp}, {@code udp6}, {@code unix}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The protocol of that spelling, exact case, or empty. */
    public static Optional<Protocol> of(String text) {
        for (Protocol protocol : values()) {
            if (protocol.text().equals(text)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }
}
