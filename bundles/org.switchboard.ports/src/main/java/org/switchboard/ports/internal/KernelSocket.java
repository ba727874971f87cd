package org.switchboard.ports.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One line of /proc/net/tcp and its like.
 *
 * @param listening whether it is a listening TCP socket, or an unconnected UDP one
 * @param inode what the descriptors of its processes point to
 *
 * <p>Source: proc(5), Documentation/networking/proc_net_tcp.rst of Linux.
 */
record KernelSocket(Binding binding, int port, boolean listening, int uid, long inode) {

    private static final int MAX_LINES = 200_000;
    private static final String TCP_LISTEN = "0A";
    private static final String UNCONNECTED = "07";
    private static final String MAPPED = "00000000000000000000ffff";
    private static final String ANY_IPV4 = "00000000";

    /** The sockets of a table that have that local port; none if the table is not there. */
    static List<KernelSocket> read(Path table, boolean ipv6, int port) throws IOException {
        List<KernelSocket> sockets = new ArrayList<>();
        String wanted = String.format(":%04X", port);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(table),
                StandardCharsets.ISO_8859_1))) {
            lines.readLine();
            for (int i = 0; i < MAX_LINES; i++) {
                String line = lines.readLine();
                if (line == null) {
                    break;
                }
                if (line.contains(wanted)) {
                    parse(line, ipv6).filter(socket -> socket.port == port).ifPresent(sockets::add);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return sockets;
    }

    private static Optional<KernelSocket> parse(String line, boolean ipv6) {
        String[] words = line.strip().split("\\s+");
        int colon = words.length < 10 ? -1 : words[1].indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        try {
            boolean listening = words[3].equals(TCP_LISTEN) || words[3].equals(UNCONNECTED);
            String address = address(words[1].substring(0, colon));
            return Optional.of(new KernelSocket(binding(ipv6, address),
                    Integer.parseInt(words[1].substring(colon + 1), 16), listening,
                    (int) Long.parseLong(words[7]), Long.parseLong(words[9])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An IPv4 address on a socket of IPv6 takes the port of IPv4; the Java platform binds most of its sockets so. */
    private static Binding binding(boolean ipv6, String address) {
        if (!address.startsWith(MAPPED)) {
            return new Binding(!ipv6, ipv6, address, "");
        }
        String ipv4 = address.substring(MAPPED.length());
        return new Binding(true, false, ipv4.equals(ANY_IPV4) ? "" : ipv4, "");
    }

    /** The kernel prints an address as words of 32 bits in the byte order of the host. */
    private static String address(String hex) {
        ByteBuffer host = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.BIG_ENDIAN);
        ByteBuffer network = ByteBuffer.allocate(host.remaining()).order(ByteOrder.nativeOrder());
        boolean any = true;
        while (host.remaining() >= Integer.BYTES) {
            int word = host.getInt();
            any &= word == 0;
            network.putInt(word);
        }
        return any ? "" : HexFormat.of().formatHex(network.array());
    }
}
