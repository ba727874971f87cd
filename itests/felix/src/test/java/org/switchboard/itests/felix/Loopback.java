package org.switchboard.itests.felix;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Clients on 127.0.0.1, and what the kernel says about its sockets. */
public final class Loopback {

    /** Long enough for the slowest machine; nothing waits that long unless it is broken. */
    public static final Duration DEADLINE = Duration.ofSeconds(90);

    private static final Duration POLL = Duration.ofMillis(10);
    private static final int LISTEN = 0x0A;

    private Loopback() {
    }

    /** A port that nobody has open at this moment. */
    public static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    public static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) DEADLINE.toMillis());
        socket.setSoTimeout((int) DEADLINE.toMillis());
        return socket;
    }

    /** Sends, closes its side, and reads until the server closes too. */
    public static String talk(int port, String text) throws IOException {
        try (Socket socket = connect(port)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    public static boolean isOpen(int port) throws IOException {
        try (Socket socket = connect(port)) {
            return socket.isConnected();
        } catch (SocketException refusedOrCut) {
            return false;
        }
    }

    /** The inode of the listening IPv4 socket on that port, as /proc/net/tcp has it. */
    public static Optional<String> listenerInode(int port) throws IOException {
        return tcp().filter(line -> portOf(line[1]) == port && Integer.parseInt(line[3], 16) == LISTEN)
                .map(line -> line[9]).findFirst();
    }

    /** The inode of the server's end of a connection, by the ports of both ends. */
    public static Optional<String> connectionInode(int serverPort, int clientPort) throws IOException {
        return tcp().filter(line -> portOf(line[1]) == serverPort && portOf(line[2]) == clientPort)
                .map(line -> line[9]).findFirst();
    }

    /** Waits until the condition holds; asks again and again, since the kernel does not call us. */
    public static void await(String what, Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(DEADLINE);
        while (!condition.call()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("after " + DEADLINE.toSeconds() + " s still not: " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static Stream<String[]> tcp() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/net/tcp"));
        return lines.stream().skip(1).map(line -> line.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    }

    private static int portOf(String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1), 16);
    }
}
