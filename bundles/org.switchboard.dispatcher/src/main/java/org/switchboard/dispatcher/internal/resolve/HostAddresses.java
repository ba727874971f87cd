package org.switchboard.dispatcher.internal.resolve;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.switchboard.api.entry.Protocol;

/**
 * The addresses of a host name, and the option {@code addresses}, which says on which of several an entry listens: on
 * {@code all}, on the {@code first}, or on {@code one}, where more than one is an error.
 *
 * <p>Source: inetd(8) of OpenBSD, of netkit and busybox, and of NetBSD.
 */
final class HostAddresses {

    static final String OPTION = "addresses";

    static final String ALL = "all";
    private static final String FIRST = "first";
    private static final String ONE = "one";

    private HostAddresses() {
    }

    /** @param which the value of the option */
    static List<InetAddress> lookUp(String host, Protocol protocol, String which) throws UnresolvedException {
        try {
            return choose(List.of(InetAddress.getAllByName(host)), host, protocol, which);
        } catch (UnknownHostException unknown) {
            throw new UnresolvedException("unknown host '" + host + "'");
        }
    }

    static List<InetAddress> choose(List<InetAddress> found, String host, Protocol protocol, String which)
            throws UnresolvedException {
        List<InetAddress> fitting = new ArrayList<>();
        for (InetAddress address : found) {
            if (fits(protocol, address) && !fitting.contains(address)) {
                fitting.add(address);
            }
        }
        if (fitting.isEmpty()) {
            throw new UnresolvedException("'" + host + "' has no address for " + protocol.text());
        }
        return switch (which) {
            case ALL -> fitting;
            case FIRST -> List.of(first(fitting, protocol));
            case ONE -> {
                if (fitting.size() > 1) {
                    throw new UnresolvedException("'" + host + "' has " + fitting.size() + " addresses for "
                            + protocol.text() + ", and the entry takes one");
                }
                yield fitting;
            }
            default -> throw new UnresolvedException("option '" + OPTION + "' must be '" + ALL + "', '" + FIRST + "' or '"
                    + ONE + "', not '" + which + "'");
        };
    }

    /** Of a socket for both IP versions, which is one of IPv6, the first IPv6 address. */
    private static InetAddress first(List<InetAddress> fitting, Protocol protocol) {
        boolean dual = protocol == Protocol.TCP46 || protocol == Protocol.UDP46;
        return fitting.stream().filter(address -> dual && !(address instanceof Inet4Address)).findFirst()
                .orElse(fitting.get(0));
    }

    private static boolean fits(Protocol protocol, InetAddress address) {
        boolean v4 = address instanceof Inet4Address;
        return switch (protocol) {
            case TCP4, UDP4 -> v4;
            case TCP6, UDP6 -> !v4;
            case TCP, UDP, TCP46, UDP46 -> true;
            case UNIX -> false;
        };
    }
}
