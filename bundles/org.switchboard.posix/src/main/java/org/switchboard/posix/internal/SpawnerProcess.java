package org.switchboard.posix.internal;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.SystemText;

/** The process of a spawner, started straight by posix_spawn(3), and our end of the socket to it. */
final class SpawnerProcess {

    private static final int SHUT_WR = 1;
    private static final int BUFFER = 1 << 20;
    private static final int POLL_MILLIS = 100;
    /** A struct timeval of 64 bits each, one second. */
    private static final int[] RECEIVE_TIMEOUT = timeval(1);
    private static final int SIGKILL = 9;
    /** More than posix_spawn_file_actions_t has in glibc (80) and musl. */
    private static final int ACTIONS = 256;

    /** What {@link #receive} answers at the end. */
    static final int CLOSED = -1;

    private final int pid;
    private final int socket;

    private SpawnerProcess(int pid, int socket) {
        this.pid = pid;
        this.socket = socket;
    }

    static SpawnerProcess start(Path binary) throws PosixException {
        int[] pair = new int[2];
        Errors.check(LibC.socketpair(LibC.AF_UNIX, LibC.SOCK_SEQPACKET | LibC.SOCK_CLOEXEC, 0, pair), "socketpair");
        try {
            for (int end : pair) {
                // A wish: without privilege the kernel gives what wmem_max allows, which is enough for one request.
                if (LibC.setsockopt(end, LibC.SOL_SOCKET, LibC.SO_SNDBUFFORCE, new int[] {BUFFER}, Integer.BYTES) != 0) {
                    LibC.setsockopt(end, LibC.SOL_SOCKET, LibC.SO_SNDBUF, new int[] {BUFFER}, Integer.BYTES);
                }
            }
            // So that the reader can look at the time while there is nothing to read.
            LibC.setsockopt(pair[0], LibC.SOL_SOCKET, LibC.SO_RCVTIMEO, RECEIVE_TIMEOUT, 2 * Long.BYTES);
            return new SpawnerProcess(spawn(binary, pair[1]), pair[0]);
        } catch (PosixException e) {
            LibC.close(pair[0]);
            throw e;
        } finally {
            LibC.close(pair[1]);
        }
    }

    /** With its socket as 0 and nothing else that matters; the rest it settles for itself. */
    private static int spawn(Path binary, int socket) throws PosixException {
        byte[] path = text(binary.toString());
        int[] pid = new int[1];
        try (Memory actions = new Memory(ACTIONS); Memory name = new Memory(path.length);
                Memory argv = new Memory(2L * Native.POINTER_SIZE)) {
            name.write(0, path, 0, path.length);
            argv.setPointer(0, name);
            argv.setPointer(Native.POINTER_SIZE, Pointer.NULL);
            LibC.posix_spawn_file_actions_init(actions);
            try {
                LibC.posix_spawn_file_actions_adddup2(actions, socket, 0);
                LibC.posix_spawn_file_actions_addopen(actions, 1, text("/dev/null"), LibC.O_RDWR, 0);
                LibC.posix_spawn_file_actions_adddup2(actions, 1, 2);
                int errno = LibC.posix_spawn(pid, path, actions, Pointer.NULL, argv, argv.share(Native.POINTER_SIZE));
                if (errno != 0) {
                    throw Errors.of("exec " + binary + hint(errno), errno);
                }
            } finally {
                LibC.posix_spawn_file_actions_destroy(actions);
            }
        }
        return pid[0];
    }

    private static int[] timeval(int seconds) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? new int[] {seconds, 0, 0, 0} : new int[] {0, seconds, 0, 0};
    }

    private static String hint(int errno) {
        return errno == LibC.EACCES ? " (on a file system mounted noexec?)" : "";
    }

    private static byte[] text(String text) {
        return SystemText.terminated(text);
    }

    int socket() {
        return socket;
    }

    /** Waits, briefly, until a request can be sent or the spawner is gone. */
    void awaitRoom() {
        LibC.poll(new int[] {socket, LibC.POLLOUT}, 1, POLL_MILLIS);
    }

    /** Waits at most a second for a packet of answers; how many there are, and {@link #CLOSED} when there will be none. */
    int receive(byte[] replies) {
        long length = LibC.recv(socket, replies, replies.length, 0);
        if (length > 0) {
            return (int) length / Wire.REPLY_SIZE;
        }
        int errno = length < 0 ? Errors.last() : 0;
        return errno == LibC.EINTR || errno == LibC.ECONNRESET || errno == LibC.EAGAIN ? 0 : CLOSED;
    }

    /** Ends it whatever it does, even if it has been stopped. It has not been reaped, so that the process id is its own. */
    void kill() {
        LibC.kill(pid, SIGKILL);
    }

    /** What was sent so far is still done. */
    void endOfRequests() {
        LibC.shutdown(socket, SHUT_WR);
    }

    void closeSocket() {
        LibC.close(socket);
    }

    /** Reaps it once it has closed its end: {@code (signal 9)}. That pid alone: the JVM has children of its own. */
    String end() {
        int[] status = new int[1];
        int reaped;
        do {
            reaped = LibC.waitpid(pid, status, 0);
        } while (reaped < 0 && Errors.last() == LibC.EINTR);
        int signal = status[0] & 0x7f;
        return signal == 0 ? "(exit status " + (status[0] >> 8 & 0xff) + ")" : "(signal " + signal + ")";
    }
}
