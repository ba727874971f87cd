package org.switchboard.posix;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Addresses as the C library writes them: the longest run of zeros of an IPv6 address is shortened. The JDK writes it in full.
 *
 * <p>Source: RFC 5952.
 */
public final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {
    }

    /** The address, without the zone of a link-local one. */
    public static String of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        int[] groups = groups(address.getAddress());
        int start = -1;
        int length = 1;
        for (int from = 0; from < GROUPS; from++) {
            int zeros = zeros(groups, from);
            if (zeros > length) {
                start = from;
                length = zeros;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** The address, and behind {@code %} its zone if it has one. */
    public static String withZone(InetAddress address) {
        String host = address.getHostAddress();
        int zone = host.indexOf('%');
        return of(address) + (zone < 0 ? "" : host.substring(zone));
    }

    /** An IPv4 address as it is on a socket of IPv6, {@code ::ffff:192.0.2.7}; another as {@link #of} writes it. */
    public static String onIpv6(InetAddress address) {
        return address instanceof Inet4Address ? "::ffff:" + of(address) : of(address);
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static int[] groups(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        return groups;
    }
}
