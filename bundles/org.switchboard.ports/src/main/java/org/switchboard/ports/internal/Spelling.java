package org.switchboard.ports.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.ports.PortClaim;
import org.switchboard.posix.AddressText;

/** Claims in the one spelling of addresses that {@link PortClaim#overlaps} compares. */
final class Spelling {

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    private Spelling() {
    }

    /** The same claim; what is no literal address stays as it is, since nothing is looked up here. */
    static PortClaim canonical(PortClaim claim) {
        int percent = claim.address().indexOf('%');
        String literal = percent < 0 ? claim.address() : claim.address().substring(0, percent);
        boolean ipv6 = literal.contains(":");
        if (!ipv6 && !IPV4.matcher(literal).matches()) {
            return claim;
        }
        try {
            InetAddress address = InetAddress.getByName(ipv6 ? "[" + literal + "]" : literal);
            if (address.isAnyLocalAddress()) {
                return with(claim, ipv6 ? ipv6(claim.protocol()) : ipv4(claim.protocol()), "");
            }
            return with(claim, claim.protocol(), AddressText.of(address) + claim.address().substring(literal.length()));
        } catch (UnknownHostException e) {
            return claim;
        }
    }

    /** The kernel's tables do not name interfaces. */
    static PortClaim withoutZone(PortClaim claim) {
        return with(claim, claim.protocol(), claim.address().replaceFirst("%.*", ""));
    }

    static PortClaim with(PortClaim claim, Protocol protocol, String address) {
        return new PortClaim(claim.name(), protocol, address, claim.port(), claim.owner(), claim.origin());
    }

    private static Protocol ipv4(Protocol protocol) {
        return switch (protocol) {
            case TCP, TCP46 -> Protocol.TCP4;
            case UDP, UDP46 -> Protocol.UDP4;
            default -> protocol;
        };
    }

    /** Every IPv6 address, which on a socket of both versions is every address. */
    private static Protocol ipv6(Protocol protocol) {
        return switch (protocol) {
            case TCP -> Protocol.TCP6;
            case UDP -> Protocol.UDP6;
            default -> protocol;
        };
    }
}
