package org.switchboard.dispatcher.internal.session;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Arrays;
import org.switchboard.posix.SystemText;

/** Addresses as the JDK knows them and as people read them. */
public final class Addresses {

    /** The address of a Unix socket that has none, as that of most clients. */
    public static final SocketAddress UNNAMED = UnixDomainSocketAddress.of("");

    private Addresses() {
    }

    /** Netty's own address of a Unix socket becomes the JDK's; none at all becomes an unnamed Unix address. */
    public static SocketAddress standard(SocketAddress address) {
        if (address instanceof DomainSocketAddress domain) {
            return UnixDomainSocketAddress.of(SystemText.path(domain.path()));
        }
        return address == null ? UNNAMED : address;
    }

    /** {@code 192.0.2.7:4711}, {@code [::1]:7}, a path, or {@code -} for an address without a name. */
    public static String text(SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
            String host = inet.getAddress().getHostAddress();
            return (inet.getAddress() instanceof Inet6Address ? "[" + shorten(host) + "]" : host) + ":" + inet.getPort();
        }
        String text = address instanceof UnixDomainSocketAddress unix ? SystemText.text(unix.getPath()) : address.toString();
        return text.isEmpty() ? "-" : text;
    }

    /** The JDK writes IPv6 addresses in full; RFC 5952 wants the longest run of zeros shortened. */
    private static String shorten(String host) {
        String[] halves = host.split("%", 2);
        String[] groups = halves[0].split(":");
        int bestStart = -1;
        int bestLength = 1;
        for (int start = 0; start < groups.length; start++) {
            int length = 0;
            while (start + length < groups.length && groups[start + length].equals("0")) {
                length++;
            }
            if (length > bestLength) {
                bestStart = start;
                bestLength = length;
            }
        }
        if (bestStart < 0) {
            return host;
        }
        String head = String.join(":", Arrays.copyOfRange(groups, 0, bestStart));
        String tail = String.join(":", Arrays.copyOfRange(groups, bestStart + bestLength, groups.length));
        return head + "::" + tail + (halves.length > 1 ? "%" + halves[1] : "");
    }
}
