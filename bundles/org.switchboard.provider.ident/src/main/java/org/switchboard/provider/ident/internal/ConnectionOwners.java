package org.switchboard.provider.ident.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Who has a connection open, as the kernel tells. A connection that nobody has open any more, or not yet, belongs to nobody; the
 * kernel would say root.
 *
 * <p>Source: proc(5), Documentation/networking/proc_net_tcp.rst of Linux.
 */
final class ConnectionOwners {

    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    private static final int STATE = 3;
    private static final int UID = 7;
    private static final int INODE = 9;
    private static final String TIME_WAIT = "06";
    private static final String NOBODY = "0";
    /** A table is not read at one moment, so what moves about in it may be missed. */
    private static final int LOOKS = 2;

    private final Path net;

    /** @param proc {@code /proc}, outside of tests */
    ConnectionOwners(Path proc) {
        this.net = proc.resolve("net");
    }

    /** The user id of whoever has the connection between these two open on this host; empty if nobody does. */
    OptionalInt owner(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        byte[] address = local.getAddress().getAddress();
        for (int look = 0; look < LOOKS; look++) {
            OptionalInt found = address.length == IPV4 ? find("tcp", pair(local, remote, IPV4)) : OptionalInt.empty();
            if (found.isEmpty()) {
                found = find("tcp6", pair(local, remote, IPV6));
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return OptionalInt.empty();
    }

    /** Both ends as they stand in a table: {@code 0100007F:0016 0100007F:8A2C}. */
    private static String pair(InetSocketAddress local, InetSocketAddress remote, int length) {
        return " " + text(local, length) + " " + text(remote, length) + " ";
    }

    /** The words of the address are numbers to the kernel, in its own byte order. */
    private static String text(InetSocketAddress end, int length) {
        ByteBuffer words = ByteBuffer.wrap(bytes(end.getAddress(), length)).order(ByteOrder.nativeOrder());
        StringBuilder text = new StringBuilder();
        while (words.hasRemaining()) {
            text.append(String.format(Locale.ROOT, "%08X", words.getInt()));
        }
        return text.append(String.format(Locale.ROOT, ":%04X", end.getPort())).toString();
    }

    /** An IPv4 address in a table of IPv6 is that of a socket for both, as {@code ::ffff:a.b.c.d}. */
    private static byte[] bytes(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        if (bytes.length == length) {
            return bytes;
        }
        return ByteBuffer.allocate(IPV6).putLong(0).putInt(0xFFFF).put(bytes).array();
    }

    private OptionalInt find(String table, String pair) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(net.resolve(table)),
                StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(pair)) {
                    String[] words = line.strip().split("\\s+");
                    if (words.length > INODE && !words[STATE].equals(TIME_WAIT) && !words[INODE].equals(NOBODY)) {
                        return OptionalInt.of(Integer.parseUnsignedInt(words[UID]));
                    }
                }
            }
        } catch (NoSuchFileException withoutIpv6) {
            return OptionalInt.empty();
        } catch (NumberFormatException strange) {
            throw new IOException("cannot read " + net.resolve(table), strange);
        }
        return OptionalInt.empty();
    }
}
