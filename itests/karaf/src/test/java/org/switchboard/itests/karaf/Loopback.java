package org.switchboard.itests.karaf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Clients on 127.0.0.1. */
final class Loopback {

    private static final Duration DEADLINE = Duration.ofSeconds(180);

    private static final Duration POLL = Duration.ofMillis(10);

    private Loopback() {
    }

    /** A port that nobody has open at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return probe.getLocalPort();
        }
    }

    /** Sends, closes its side, and reads until the server closes too. */
    static String talk(int port, String text) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) DEADLINE.toMillis());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    static boolean isOpen(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (SocketException refusedOrCut) {
            return false;
        }
    }

    /** Waits until the condition holds; asks again and again, since a socket does not call us. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        await(() -> what, condition);
    }

    /** The same, with something to say that is only known when the wait was in vain. */
    static void await(Callable<String> what, Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(DEADLINE);
        while (!condition.call()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("after " + DEADLINE.toSeconds() + " s still not: " + what.call());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
