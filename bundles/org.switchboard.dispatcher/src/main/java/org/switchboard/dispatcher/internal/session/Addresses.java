package org.switchboard.dispatcher.internal.session;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.switchboard.posix.AddressText;
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
            String host = AddressText.withZone(inet.getAddress());
            return (inet.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + inet.getPort();
        }
        String text = address instanceof UnixDomainSocketAddress unix ? SystemText.text(unix.getPath()) : address.toString();
        return text.isEmpty() ? "-" : text;
    }
}
