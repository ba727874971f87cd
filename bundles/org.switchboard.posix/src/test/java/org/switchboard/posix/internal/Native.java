package org.switchboard.posix.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.switchboard.posix.PosixException;

/** What the tests of system calls share. */
final class Native {

    private Native() {
    }

    /** The native parts, unpacked below {@code target}: that can execute, where {@code /tmp} may not. */
    static NativeParts parts() throws PosixException {
        NativeParts parts = new NativeParts(Optional.empty(), Optional.of(Path.of("target", "native").toAbsolutePath()));
        parts.require();
        return parts;
    }

    static boolean isRoot() throws PosixException {
        parts();
        return LibC.geteuid() == 0;
    }

    /** A connected pair, close-on-exec. */
    static int[] pair() throws PosixException {
        int[] pair = new int[2];
        Errors.check(LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC, 0, pair), "socketpair");
        return pair;
    }

    static void send(int fd, String text) throws PosixException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        PacketBuffer packet = new PacketBuffer(bytes.length);
        Errors.check((int) LibC.sendmsg(fd, packet.fill(bytes, -1), LibC.MSG_NOSIGNAL), "sendmsg");
        packet.close();
    }

    /** Everything until the other side closes. */
    static String readAll(int fd) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (long length = LibC.recv(fd, buffer, buffer.length, 0); length > 0; length = LibC.recv(fd, buffer, buffer.length, 0)) {
            all.write(buffer, 0, (int) length);
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** The descriptors that this process has open. */
    static int openDescriptors() {
        String[] open = Path.of("/proc/self/fd").toFile().list();
        return open == null ? -1 : open.length;
    }
}
