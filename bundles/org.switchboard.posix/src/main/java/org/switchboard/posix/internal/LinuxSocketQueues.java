package org.switchboard.posix.internal;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.posix.DatagramSockets.First;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.SocketQueues;

/**
 * Looks at queues by what Linux tells of them. A listening TCP socket says how many connections wait for accept(2), but
 * not how many arrived; for that the count of all connections that this network namespace has accepted in the kernel is
 * an upper bound, so while none arrives anywhere, a queue that is not shorter is untouched. A datagram is known by its
 * sender and its moment of arrival. Of Unix sockets nothing is told but whether a datagram socket is empty.
 *
 * <p>Source: tcp(7), {@code tcpi_unacked} of a listening socket; RFC 4022, {@code tcpPassiveOpens}.
 */
@Component
public final class LinuxSocketQueues implements SocketQueues {

    private static final Path COUNTERS = Path.of("/proc/self/net/snmp");
    private static final String TCP = "Tcp:";
    private static final String PASSIVE_OPENS = "PassiveOpens";
    private static final int UNACKED = 24;
    private static final Look UNKNOWN = new Look(Look.UNKNOWN, Look.UNKNOWN, Optional.empty());
    private static final Look EMPTY = new Look(0, Look.UNKNOWN, Optional.empty());

    private final NativeParts parts;
    private final LinuxDatagramSockets datagrams;

    @Activate
    public LinuxSocketQueues(@Reference NativeParts parts) {
        this.parts = parts;
        this.datagrams = new LinuxDatagramSockets(parts);
    }

    @Override
    public Look look(int fd) {
        try {
            parts.require();
            long before = passiveOpens();
            byte[] info = new byte[UNACKED + Integer.BYTES];
            if (LibC.getsockopt(fd, LibC.IPPROTO_TCP, LibC.TCP_INFO, info, new int[] {info.length}) != 0) {
                return datagrams(fd);
            }
            int waiting = ByteBuffer.wrap(info).order(ByteOrder.nativeOrder()).getInt(UNACKED);
            // What arrives while this looks makes the answer "unknown", and not a wrong one.
            return new Look(waiting, passiveOpens() == before ? before : Look.UNKNOWN, Optional.empty());
        } catch (PosixException | RuntimeException unreadable) {
            return UNKNOWN;
        }
    }

    private Look datagrams(int fd) throws PosixException {
        if (isUnix(fd)) {
            boolean empty = LibC.recv(fd, new byte[1], 1, LibC.MSG_PEEK | LibC.MSG_DONTWAIT) < 0
                    && Errors.last() == LibC.EAGAIN;
            return empty ? EMPTY : UNKNOWN;
        }
        Optional<First> first = datagrams.first(fd);
        return first.isEmpty() ? EMPTY
                : new Look(Look.UNKNOWN, Look.UNKNOWN, first.filter(datagram -> datagram.arrived() != 0));
    }

    private static boolean isUnix(int fd) throws PosixException {
        byte[] bytes = new byte[SocketAddresses.CAPACITY];
        int[] length = {bytes.length};
        Errors.check(LibC.getsockname(fd, bytes, length), "getsockname of descriptor " + fd);
        return SocketAddresses.decode(bytes, length[0]) instanceof UnixDomainSocketAddress;
    }

    /** The line of names, then the line of numbers. */
    private static long passiveOpens() {
        try {
            List<String> lines = Files.readAllLines(COUNTERS, StandardCharsets.US_ASCII).stream()
                    .filter(line -> line.startsWith(TCP)).toList();
            int column = lines.isEmpty() ? -1 : Arrays.asList(lines.get(0).split(" ")).indexOf(PASSIVE_OPENS);
            return lines.size() < 2 || column < 0 ? Look.UNKNOWN : Long.parseLong(lines.get(1).split(" ")[column]);
        } catch (IOException | RuntimeException unreadable) {
            return Look.UNKNOWN;
        }
    }
}
