package org.switchboard.api.ports;

import java.util.Objects;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;

/**
 * Somebody's wish to have a port for itself.
 *
 * @param name what to call the port in the merged map of names, for example {@code qotd}
 * @param protocol with its digit, since an IPv4 and an IPv6-only socket may share a port number
 * @param address a numeric address, or empty for every address
 * @param port 1 to 65535
 * @param owner the id of the entry, for explanations
 * @param origin where the entry was written
 */
public record PortClaim(String name, Protocol protocol, String address, int port, String owner, Origin origin) {

    public PortClaim {
        Objects.requireNonNull(name);
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(address);
        Objects.requireNonNull(owner);
        Objects.requireNonNull(origin);
    }

    /** {@code 7007/tcp}. */
    public String portText() {
        return port + "/" + protocol.transport().text();
    }

    /**
     * Whether both cannot have what they want: the same transport and port, on the same address of one IP version, or one of
     * them on every address of it.
     */
    public boolean overlaps(PortClaim other) {
        return port == other.port && protocol.transport() == other.protocol.transport()
                && (coversIpv4() && other.coversIpv4() || coversIpv6() && other.coversIpv6())
                && (address.isEmpty() || other.address.isEmpty() || address.equals(other.address));
    }

    private boolean coversIpv4() {
        return switch (protocol) {
            case TCP6, UDP6, UNIX -> false;
            case TCP, TCP4, TCP46, UDP, UDP4, UDP46 -> address.indexOf(':') < 0;
        };
    }

    private boolean coversIpv6() {
        return switch (protocol) {
            case TCP4, UDP4, UNIX -> false;
            case TCP, TCP6, TCP46, UDP, UDP6, UDP46 -> address.isEmpty() || address.indexOf(':') >= 0;
        };
    }
}
