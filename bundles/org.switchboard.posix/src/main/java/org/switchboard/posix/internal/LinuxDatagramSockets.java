package org.switchboard.posix.internal;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.posix.DatagramSockets;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.SocketSpec.Family;

/**
 * Several datagram sockets on one address. Linux gives a datagram to the socket that is connected to its sender, and otherwise to
 * the one that was bound last.
 *
 * <p>Source: socket(7) for SO_PEEK_OFF; busybox inetd for the succession.
 */
@Component
public final class LinuxDatagramSockets implements DatagramSockets {

    private static final int NO_OFFSET = -1;
    /** A read reports an error of an earlier answer, once, before it reads. */
    private static final int MOST_ERRORS = 4;

    private final NativeParts parts;

    @Activate
    public LinuxDatagramSockets(@Reference NativeParts parts) {
        this.parts = parts;
    }

    @Override
    public int succeed(int fd, SocketSpec spec) throws IOException {
        parts.require();
        byte[] address = localAddress(fd);
        int domain = spec.family() == Family.INET ? LibC.AF_INET : LibC.AF_INET6;
        int next = Errors.check(LibC.socket(domain, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, 0), "socket");
        try {
            LinuxSockets.prepare(next, spec);
            // Both must allow it at this moment; afterwards the old one alone does, and that is not enough for a stranger.
            set(fd, LibC.SO_REUSEADDR, 1);
            set(next, LibC.SO_REUSEADDR, 1);
            Errors.check(LibC.bind(next, address, address.length), "bind once more " + SocketAddresses.decode(address, address.length));
            set(next, LibC.SO_REUSEADDR, 0);
            arrival(next);
            return next;
        } catch (IOException e) {
            LibC.close(next);
            throw e;
        }
    }

    private static byte[] localAddress(int fd) throws PosixException {
        byte[] bytes = new byte[SocketAddresses.CAPACITY];
        int[] length = {bytes.length};
        Errors.check(LibC.getsockname(fd, bytes, length), "getsockname of descriptor " + fd);
        return Arrays.copyOf(bytes, length[0]);
    }

    private static void set(int fd, int option, int value) throws PosixException {
        Errors.check(LibC.setsockopt(fd, LibC.SOL_SOCKET, option, new int[] {value}, Integer.BYTES), "option " + option
                + " of descriptor " + fd);
    }

    @Override
    public List<SocketAddress> senders(int fd, int most) {
        List<SocketAddress> senders = new ArrayList<>();
        byte[] address = new byte[SocketAddresses.CAPACITY];
        try {
            parts.require();
            collect(fd, most, senders, address);
            set(fd, LibC.SO_PEEK_OFF, NO_OFFSET);
        } catch (PosixException unreadable) {
            // Whoever asks finds nothing here, and closes it.
            return senders;
        }
        return senders;
    }

    private static void collect(int fd, int most, List<SocketAddress> senders, byte[] address) throws PosixException {
        int offset = 0;
        while (senders.size() < most) {
            set(fd, LibC.SO_PEEK_OFF, offset);
            int[] length = {address.length};
            long size = peek(fd, address, length);
            if (size < 0) {
                return;
            }
            senders.add(SocketAddresses.decode(address, length[0]));
            offset += (int) size;
        }
    }

    @Override
    public Optional<First> first(int fd) {
        try {
            parts.require();
            byte[] address = new byte[SocketAddresses.CAPACITY];
            int[] length = {address.length};
            if (peek(fd, address, length) < 0) {
                // From now on the kernel notes when a datagram arrives.
                arrival(fd);
                return Optional.empty();
            }
            long arrived = arrival(fd);
            // What arrived before the kernel was asked to note that is said to arrive whenever one asks.
            long again = peek(fd, new byte[address.length], new int[] {address.length}) < 0 ? arrived : arrival(fd);
            return Optional.of(new First(SocketAddresses.decode(address, length[0]), arrived == again ? arrived : 0));
        } catch (PosixException unreadable) {
            return Optional.empty();
        }
    }

    /** When the datagram arrived that was looked at last; asking makes the kernel note it for those to come. */
    private static long arrival(int fd) {
        long[] time = new long[2];
        return LibC.ioctl(fd, LibC.SIOCGSTAMPNS, time) == 0 ? TimeUnit.SECONDS.toNanos(time[0]) + time[1] : 0;
    }

    /** The size of the datagram at the offset of the socket, whose sender is put into the address; -1 if there is none. */
    private static long peek(int fd, byte[] address, int[] length) {
        for (int errors = 0; errors < MOST_ERRORS; errors++) {
            long size = LibC.recvfrom(fd, new byte[1], 1, LibC.MSG_PEEK | LibC.MSG_TRUNC | LibC.MSG_DONTWAIT, address, length);
            if (size >= 0 || Errors.last() == LibC.EAGAIN) {
                return size;
            }
        }
        return -1;
    }

    @Override
    public void connectToFirst(int fd) throws IOException {
        parts.require();
        byte[] address = new byte[SocketAddresses.CAPACITY];
        int[] length = {address.length};
        if (peek(fd, address, length) >= 0) {
            Errors.check(LibC.connect(fd, address, length[0]), "connect to "
                    + SocketAddresses.decode(address, length[0]));
        }
    }

    @Override
    public void connectToItself(int fd) throws IOException {
        parts.require();
        byte[] address = localAddress(fd);
        Errors.check(LibC.connect(fd, address, address.length), "connect descriptor " + fd + " to itself");
    }
}
