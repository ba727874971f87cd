package org.switchboard.ports.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.ports.PortClaim;
import org.switchboard.posix.AddressText;

/**
 * One line of /proc/net/tcp and its like.
 *
 * <p>Source: proc(5), Documentation/networking/proc_net_tcp.rst of Linux.
 *
 * @param claim the address and port that it takes
 * @param listening whether it is a listening TCP socket, or an unconnected UDP one
 * @param inode what the descriptors of its processes point to
 */
record KernelSocket(PortClaim claim, boolean listening, int uid, long inode) {

    private static final int MAX_LINES = 200_000;
    private static final String TCP_LISTEN = "0A";
    private static final String UNCONNECTED = "07";

    /** The sockets of a table that have that local port; none if the table is not there. */
    static List<KernelSocket> read(Path table, Protocol protocol, int port) throws IOException {
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
                    parse(line, protocol, new Origin(table.toString(), 0))
                            .filter(socket -> socket.claim.port() == port).ifPresent(sockets::add);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return sockets;
    }

    private static Optional<KernelSocket> parse(String line, Protocol protocol, Origin table) {
        String[] words = line.strip().split("\\s+");
        int colon = words.length < 10 ? -1 : words[1].indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        try {
            boolean listening = words[3].equals(TCP_LISTEN) || words[3].equals(UNCONNECTED);
            InetAddress address = address(words[1].substring(0, colon));
            int port = Integer.parseInt(words[1].substring(colon + 1), 16);
            PortClaim claim = new PortClaim("", protocolOf(address, protocol),
                    address.isAnyLocalAddress() ? "" : AddressText.of(address), port, "", table);
            return Optional.of(new KernelSocket(claim, listening, (int) Long.parseLong(words[7]), Long.parseLong(words[9])));
        } catch (IllegalArgumentException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** An IPv4 address on a socket of IPv6 takes the port of IPv4; the Java platform binds most of its sockets so. */
    private static Protocol protocolOf(InetAddress address, Protocol protocol) {
        if (!(address instanceof Inet4Address)) {
            return protocol;
        }
        return protocol.transport() == Transport.TCP ? Protocol.TCP4 : Protocol.UDP4;
    }

    /** The kernel prints an address as words of 32 bits in the byte order of the host. */
    private static InetAddress address(String hex) throws UnknownHostException {
        ByteBuffer host = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        ByteBuffer network = ByteBuffer.allocate(host.remaining()).order(ByteOrder.nativeOrder());
        while (host.remaining() >= Integer.BYTES) {
            network.putInt(host.getInt());
        }
        return InetAddress.getByAddress(network.array());
    }
}
