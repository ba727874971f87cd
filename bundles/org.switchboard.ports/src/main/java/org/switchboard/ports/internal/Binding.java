package org.switchboard.ports.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.ports.PortClaim;

/**
 * What a socket takes of a port: the IP versions, and one address or all.
 *
 * @param address its bytes in hexadecimal, or empty for every address
 * @param zone the interface of a link-local address; empty if none was named
 */
record Binding(boolean ipv4, boolean ipv6, String address, String zone) {

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    static Binding of(PortClaim claim) {
        boolean both = claim.protocol() == Protocol.TCP46 || claim.protocol() == Protocol.UDP46;
        int percent = claim.address().indexOf('%');
        String literal = percent < 0 ? claim.address() : claim.address().substring(0, percent);
        String zone = percent < 0 ? "" : claim.address().substring(percent + 1);
        if (literal.isEmpty() || !literal.contains(":") && !IPV4.matcher(literal).matches()) {
            // Not a literal: hosts are resolved before they get here, so such a text can only be compared as it is.
            return new Binding(digit(claim.protocol()) != 6, digit(claim.protocol()) != 4, literal, zone);
        }
        try {
            InetAddress address = InetAddress.getByName(literal.contains(":") ? "[" + literal + "]" : literal);
            boolean ipv4 = address.getAddress().length == 4;
            String bytes = address.isAnyLocalAddress() ? "" : HexFormat.of().formatHex(address.getAddress());
            return new Binding(ipv4 || both && bytes.isEmpty(), !ipv4, bytes, zone);
        } catch (UnknownHostException e) {
            return new Binding(false, true, literal, zone);
        }
    }

    /** Whether no two sockets can have these both. */
    boolean overlaps(Binding other) {
        boolean sameVersion = ipv4 && other.ipv4 || ipv6 && other.ipv6;
        boolean sameZone = zone.isEmpty() || other.zone.isEmpty() || zone.equals(other.zone);
        boolean sameAddress = address.isEmpty() || other.address.isEmpty() || address.equals(other.address) && sameZone;
        return sameVersion && sameAddress;
    }

    private static int digit(Protocol protocol) {
        return switch (protocol) {
            case TCP4, UDP4 -> 4;
            case TCP6, UDP6 -> 6;
            default -> 0;
        };
    }
}
