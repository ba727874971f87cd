package org.switchboard.access.internal.table;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.switchboard.access.internal.request.Party;

/**
 * Every address of a network. Of an IPv4 network the part that the mask leaves out has to be zero, or nothing matches; of an
 * IPv6 network it does not matter.
 *
 * <p>Source: hosts_access(5) and libwrap, Debian.
 *
 * @param net 4 or 16 bytes
 * @param mask as many
 */
record Net(byte[] net, byte[] mask) implements HostPattern {

    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    /** The network of that address and mask, or prefix length; empty if one of them is none. */
    static Optional<HostPattern> parse(String net, String mask) {
        if (net.startsWith("[") && net.endsWith("]")) {
            Optional<byte[]> address = v6(net.substring(1, net.length() - 1));
            int length = number(mask);
            return address.isPresent() && length >= 0 && length <= V6_BITS
                    ? Optional.of(new Net(address.get(), prefix(length, V6_BITS))) : Optional.empty();
        }
        Optional<byte[]> address = v4(net);
        Optional<byte[]> bits = v4(mask).or(() -> prefixMask(mask));
        // To inet_addr(3) this is the error value, and so libwrap takes it for one.
        boolean good = address.isPresent() && bits.isPresent() && !isAllOnes(address.get())
                && !(mask.indexOf('.') >= 0 && isAllOnes(bits.get()));
        return good ? Optional.of(new Net(address.get(), bits.get())) : Optional.empty();
    }

    /** The 16 bytes of an address, not of one that stands for an IPv4 address; empty if it is none. */
    static Optional<byte[]> v6(String text) {
        if (text.indexOf(':') < 0 || !text.matches("[0-9a-fA-F:.]{2,45}")) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByName("[" + text + "]");
            return address instanceof Inet6Address ? Optional.of(address.getAddress()) : Optional.empty();
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> prefixMask(String text) {
        int length = number(text);
        return length >= 1 && length <= V4_BITS ? Optional.of(prefix(length, V4_BITS)) : Optional.empty();
    }

    /** Leading digits, as atoi(3) takes them; -1 if there are none. */
    private static int number(String text) {
        String digits = text.replaceFirst("^\\+?(\\d{1,5}).*$", "$1");
        return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : -1;
    }

    private static byte[] prefix(int length, int bits) {
        byte[] mask = new byte[bits / 8];
        for (int i = 0; i < length; i++) {
            mask[i / 8] |= (byte) (0x80 >> i % 8);
        }
        return mask;
    }

    /** Four parts, octal and hexadecimal ones too. Source: inet_addr(3). */
    private static Optional<byte[]> v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            if (!parts[i].matches("0[xX][0-9a-fA-F]{1,2}|0[0-7]{0,3}|[1-9][0-9]{0,2}") || Integer.decode(parts[i]) > 255) {
                return Optional.empty();
            }
            address[i] = (byte) (int) Integer.decode(parts[i]);
        }
        return Optional.of(address);
    }

    private static boolean isAllOnes(byte[] bytes) {
        for (byte each : bytes) {
            if (each != -1) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean matches(Party host) {
        byte[] address = host.inet().getAddress();
        if (address.length != net.length) {
            return false;
        }
        boolean exact = host.inet() instanceof Inet4Address;
        for (int i = 0; i < net.length; i++) {
            if ((address[i] & mask[i]) != (exact ? net[i] : net[i] & mask[i])) {
                return false;
            }
        }
        return true;
    }
}
