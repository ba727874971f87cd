package org.switchboard.posix.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Inet6Address;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.SystemText;

/**
 * The bytes of {@code struct sockaddr_in}, {@code sockaddr_in6} and {@code sockaddr_un}.
 *
 * <p>Source: ip(7), ipv6(7), unix(7).
 */
final class SocketAddresses {

    /** The longest of them, sockaddr_un. */
    static final int CAPACITY = 110;

    private static final int MAX_PATH = 107;

    private SocketAddresses() {
    }

    static byte[] encode(SocketSpec spec) throws PosixException {
        return switch (spec.family()) {
            case INET -> inet(spec);
            case INET6 -> inet6(spec);
            case UNIX -> unix(spec.address());
        };
    }

    /** With port 0. */
    static byte[] encode(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return start(16, LibC.AF_INET).putShort((short) 0).put(bytes).array();
        }
        int scope = address instanceof Inet6Address inet6 ? inet6.getScopeId() : 0;
        return start(28, LibC.AF_INET6).putShort((short) 0).putInt(0).put(bytes).order(ByteOrder.nativeOrder()).putInt(scope).array();
    }

    private static byte[] inet(SocketSpec spec) throws PosixException {
        byte[] address = new byte[4];
        if (LibC.inet_pton(LibC.AF_INET, spec.address(), address) != 1) {
            throw new PosixException("'" + spec.address() + "' is not an IPv4 address", LibC.EINVAL);
        }
        return start(16, LibC.AF_INET).putShort(port(spec)).put(address).array();
    }

    private static byte[] inet6(SocketSpec spec) throws PosixException {
        int percent = spec.address().indexOf('%');
        String literal = percent < 0 ? spec.address() : spec.address().substring(0, percent);
        byte[] address = new byte[16];
        if (LibC.inet_pton(LibC.AF_INET6, literal, address) != 1) {
            throw new PosixException("'" + spec.address() + "' is not an IPv6 address", LibC.EINVAL);
        }
        int scope = percent < 0 ? 0 : scope(spec.address(), percent + 1);
        return start(28, LibC.AF_INET6).putShort(port(spec)).putInt(0).put(address).order(ByteOrder.nativeOrder()).putInt(scope)
                .array();
    }

    private static int scope(String address, int from) throws PosixException {
        String zone = address.substring(from);
        int index = zone.matches("[0-9]{1,9}") ? Integer.parseInt(zone) : LibC.if_nametoindex(zone);
        if (index == 0) {
            throw new PosixException("'" + address + "': no network interface '" + zone + "'", LibC.EINVAL);
        }
        return index;
    }

    /** Of a socket to talk to, which may be one without a file: those are written with {@code @} in the place of their first byte, 0. */
    static byte[] peer(String path) throws PosixException {
        if (!path.startsWith("@")) {
            return unix(path);
        }
        byte[] address = unix(path);
        address[2] = 0;
        // The name of such a socket ends where the address ends.
        return Arrays.copyOf(address, address.length - 1);
    }

    static byte[] unix(String path) throws PosixException {
        byte[] bytes = SystemText.encode(path);
        if (bytes.length == 0 || bytes.length > MAX_PATH || path.indexOf('\0') >= 0) {
            throw new PosixException("the path of a Unix socket has 1 to " + MAX_PATH + " bytes, none of them 0; '" + path
                    + "' has " + bytes.length, LibC.ENAMETOOLONG);
        }
        return start(2 + bytes.length + 1, LibC.AF_UNIX).put(bytes).array();
    }

    private static ByteBuffer start(int length, int family) {
        return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder()).putShort((short) family).order(ByteOrder.BIG_ENDIAN);
    }

    private static short port(SocketSpec spec) throws PosixException {
        if (spec.port() < 0 || spec.port() > 65535) {
            throw new PosixException("port " + spec.port() + " is not in 0 to 65535", LibC.EINVAL);
        }
        return (short) spec.port();
    }

    static SocketAddress decode(byte[] bytes, int length) throws PosixException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, Math.min(length, bytes.length)).order(ByteOrder.nativeOrder());
        int family = length < 2 ? LibC.AF_UNIX : buffer.getShort();
        try {
            return switch (family) {
                case LibC.AF_INET -> new InetSocketAddress(InetAddress.getByAddress(Arrays.copyOfRange(bytes, 4, 8)), port(bytes));
                case LibC.AF_INET6 -> new InetSocketAddress(inet6(bytes), port(bytes));
                case LibC.AF_UNIX -> UnixDomainSocketAddress.of(SystemText.path(path(bytes, length)));
                default -> throw new PosixException("a socket of the unknown address family " + family, 0);
            };
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InetAddress inet6(byte[] bytes) throws UnknownHostException {
        byte[] address = Arrays.copyOfRange(bytes, 8, 24);
        int scope = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(24);
        // An IPv4-mapped address stays what it is on the wire only as long as there is a scope, so let the JDK decide.
        return scope == 0 ? InetAddress.getByAddress(address) : Inet6Address.getByAddress("", address, scope);
    }

    private static int port(byte[] bytes) {
        return (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    /** Empty for a socket without a name; an abstract name begins with {@code @}. */
    private static String path(byte[] bytes, int length) {
        if (length <= 2) {
            return "";
        }
        boolean isAbstract = bytes[2] == 0;
        int end = 3;
        while (end < length && (isAbstract || bytes[end] != 0)) {
            end++;
        }
        return isAbstract ? "@" + SystemText.decode(bytes, 3, end - 3).replace('\0', '@')
                : SystemText.decode(bytes, 2, end - 2);
    }
}
