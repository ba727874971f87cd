package org.switchboard.posix.internal;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.posix.AddressInUseException;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.PosixUnavailableException;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.SocketSpec.Family;
import org.switchboard.posix.Sockets;
import org.switchboard.posix.SystemText;

/** Sockets by the system calls that make them. */
@Component
public final class LinuxSockets implements Sockets {

    private static final int TYPE_OF_FILE = 0170000;
    private static final int IS_SOCKET = 0140000;
    /** A read reports an error of an earlier answer, once, before it reads. */
    private static final int MOST_ERRORS = 4;

    private static final byte[] NOTHING = {};

    private final NativeParts parts;
    private final LingeringClose lingering = new LingeringClose();

    @Activate
    public LinuxSockets(@Reference NativeParts parts) {
        this.parts = parts;
    }

    @Override
    public int open(SocketSpec spec) throws IOException {
        parts.require();
        byte[] address = SocketAddresses.encode(spec);
        int fd = create(spec);
        try {
            prepare(fd, spec);
            bind(fd, spec, address);
            if (spec.stream()) {
                Errors.check(LibC.listen(fd, spec.backlog()), "listen " + text(spec));
            }
            return fd;
        } catch (IOException e) {
            LibC.close(fd);
            throw e;
        }
    }

    private static int create(SocketSpec spec) throws PosixException {
        int domain = switch (spec.family()) {
            case INET -> LibC.AF_INET;
            case INET6 -> LibC.AF_INET6;
            case UNIX -> LibC.AF_UNIX;
        };
        int type = (spec.stream() ? LibC.SOCK_STREAM : LibC.SOCK_DGRAM) | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK;
        return Errors.check(LibC.socket(domain, type, 0), "socket for " + text(spec));
    }

    static void prepare(int fd, SocketSpec spec) throws PosixException {
        if (spec.family() == Family.INET6) {
            set(fd, LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY, spec.v6only() ? 1 : 0, "IPV6_V6ONLY", spec);
        }
        if (spec.stream() && spec.family() != Family.UNIX) {
            set(fd, LibC.SOL_SOCKET, LibC.SO_REUSEADDR, 1, "SO_REUSEADDR", spec);
        }
        if (spec.receiveBuffer() > 0) {
            set(fd, LibC.SOL_SOCKET, LibC.SO_RCVBUF, spec.receiveBuffer(), "SO_RCVBUF", spec);
        }
        if (spec.sendBuffer() > 0) {
            set(fd, LibC.SOL_SOCKET, LibC.SO_SNDBUF, spec.sendBuffer(), "SO_SNDBUF", spec);
        }
    }

    private static void set(int fd, int level, int option, int value, String name, SocketSpec spec) throws PosixException {
        Errors.check(LibC.setsockopt(fd, level, option, new int[] {value}, Integer.BYTES), name + " for " + text(spec));
    }

    private static void bind(int fd, SocketSpec spec, byte[] address) throws IOException {
        if (spec.family() != Family.UNIX) {
            Errors.check(LibC.bind(fd, address, address.length), "bind " + text(spec));
            return;
        }
        int bound = LibC.bind(fd, address, address.length);
        if (bound != 0 && Errors.last() == LibC.EADDRINUSE) {
            removeStale(spec, address);
            bound = LibC.bind(fd, address, address.length);
        }
        Errors.check(bound, "bind " + text(spec));
        byte[] path = SystemText.terminated(spec.address());
        SocketSpec.Access access = spec.access();
        if (access.uid() != SocketSpec.Access.UNCHANGED || access.gid() != SocketSpec.Access.UNCHANGED) {
            Errors.check(LibC.lchown(path, access.uid(), access.gid()), "chown " + spec.address());
        }
        Errors.check(LibC.chmod(path, access.mode()), "chmod " + spec.address());
    }

    /** The path of a socket outlives its owner; a connection that is refused says that nobody is there. */
    private static void removeStale(SocketSpec spec, byte[] address) throws IOException {
        Path path = SystemText.path(spec.address());
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & TYPE_OF_FILE) != IS_SOCKET) {
            throw new PosixException("bind " + spec.address() + ": there is a file of that name, which is not a socket", LibC.EADDRINUSE);
        }
        int probe = create(spec);
        try {
            if (LibC.connect(probe, address, address.length) == 0 || Errors.last() != LibC.ECONNREFUSED) {
                throw new AddressInUseException("bind " + spec.address() + ": somebody listens there", LibC.EADDRINUSE);
            }
        } finally {
            LibC.close(probe);
        }
        Files.deleteIfExists(path);
    }

    private static String text(SocketSpec spec) {
        return switch (spec.family()) {
            case INET -> spec.address() + ":" + spec.port();
            case INET6 -> "[" + spec.address() + "]:" + spec.port();
            case UNIX -> spec.address();
        };
    }

    @Override
    public boolean supports(Family family) {
        String address = switch (family) {
            case INET -> "0.0.0.0";
            case INET6 -> "::";
            case UNIX -> "";
        };
        try {
            parts.require();
            SocketSpec spec = new SocketSpec(family, false, address, 0, true, 0, 0, 0);
            int fd = create(spec);
            try {
                byte[] bytes = family == Family.UNIX ? new byte[0] : SocketAddresses.encode(spec);
                return family == Family.UNIX || LibC.bind(fd, bytes, bytes.length) == 0;
            } finally {
                LibC.close(fd);
            }
        } catch (PosixException e) {
            return false;
        }
    }

    @Override
    public void setBlocking(int fd, boolean blocking) throws IOException {
        parts.require();
        int flags = Errors.check(LibC.fcntl(fd, LibC.F_GETFL, 0), "fcntl of descriptor " + fd);
        int wanted = blocking ? flags & ~LibC.O_NONBLOCK : flags | LibC.O_NONBLOCK;
        if (wanted != flags) {
            Errors.check(LibC.fcntl(fd, LibC.F_SETFL, wanted), "fcntl of descriptor " + fd);
        }
    }

    @Override
    public int duplicate(int fd) throws IOException {
        parts.require();
        return Errors.check(LibC.fcntl(fd, LibC.F_DUPFD_CLOEXEC, 3), "duplicate descriptor " + fd);
    }

    @Override
    public void close(int fd) {
        if (fd >= 0 && canCall()) {
            LibC.close(fd);
        }
    }

    /** The first call may be for a descriptor that an earlier version of this bundle has opened. */
    private boolean canCall() {
        try {
            parts.require();
            return true;
        } catch (PosixUnavailableException e) {
            return false;
        }
    }

    @Override
    public SocketAddress localAddress(int fd) throws IOException {
        parts.require();
        byte[] bytes = new byte[SocketAddresses.CAPACITY];
        int[] length = {bytes.length};
        Errors.check(LibC.getsockname(fd, bytes, length), "getsockname of descriptor " + fd);
        return SocketAddresses.decode(bytes, length[0]);
    }

    @Override
    public Optional<SocketAddress> remoteAddress(int fd) {
        byte[] bytes = new byte[SocketAddresses.CAPACITY];
        int[] length = {bytes.length};
        try {
            parts.require();
            Errors.check(LibC.getpeername(fd, bytes, length), "getpeername of descriptor " + fd);
            return Optional.of(SocketAddresses.decode(bytes, length[0]));
        } catch (PosixException e) {
            return Optional.empty();
        }
    }

    @Override
    public int sendLast(int fd, byte[] bytes) throws IOException {
        parts.require();
        // Held back until our side is ended, in the same segment. A close would throw away what is held.
        long sent = LibC.send(fd, bytes, bytes.length, LibC.MSG_MORE | LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL);
        if (sent < 0 && Errors.last() != LibC.EAGAIN) {
            PosixException cut = Errors.last("send on descriptor " + fd);
            LibC.close(fd);
            throw cut;
        }
        int taken = (int) Math.max(0, sent);
        lingering.add(fd, taken == bytes.length ? NOTHING : Arrays.copyOfRange(bytes, taken, bytes.length));
        return taken;
    }

    @Override
    public void end(int fd) {
        if (canCall()) {
            lingering.add(fd, NOTHING);
        }
    }

    @Override
    public void turnAway(int fd) {
        if (canCall()) {
            turnAwayFirst(fd);
        }
    }

    @Override
    public int turnAwayAll(int fd, int most) {
        int turnedAway = 0;
        try {
            setBlocking(fd, false);
            while (turnedAway < most && turnAwayFirst(fd)) {
                turnedAway++;
            }
        } catch (IOException unusable) {
            // Nothing can be taken from such a socket.
            return turnedAway;
        }
        return turnedAway;
    }

    /** @return whether something was there */
    private boolean turnAwayFirst(int fd) {
        byte[] peer = new byte[SocketAddresses.CAPACITY];
        int connection = LibC.accept4(fd, peer, new int[] {peer.length}, LibC.SOCK_CLOEXEC);
        if (connection >= 0) {
            end(connection);
            return true;
        }
        int error = Errors.last();
        if (error == LibC.EOPNOTSUPP) {
            for (int errors = 0; errors < MOST_ERRORS; errors++) {
                if (LibC.recv(fd, new byte[1], 1, LibC.MSG_DONTWAIT) >= 0) {
                    return true;
                }
                if (Errors.last() == LibC.EAGAIN) {
                    return false;
                }
            }
            return false;
        }
        return error == LibC.ECONNABORTED;
    }

    /** Closes the connections that are ending. */
    @Deactivate
    void endLingering() {
        lingering.close();
    }
}
