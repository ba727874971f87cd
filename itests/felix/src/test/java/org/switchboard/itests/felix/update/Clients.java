package org.switchboard.itests.felix.update;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.switchboard.itests.felix.Loopback;

/** Clients that come one after the other, each on a thread, until they are told to stop. */
final class Clients implements AutoCloseable {

    /** What one client does from its connection to its end. */
    @FunctionalInterface
    interface Visit {
        void make() throws IOException;
    }

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong visits = new AtomicLong();
    private volatile boolean over;
    private volatile String news = "nothing happens";

    void come(String what, Visit visit) {
        Thread thread = new Thread(() -> {
            while (!over) {
                try {
                    visit.make();
                    visits.incrementAndGet();
                } catch (IOException | AssertionError failed) {
                    failures.add(new AssertionError(what + ", while " + news, failed));
                    over = true;
                }
            }
        }, "client");
        threads.add(thread);
        thread.start();
    }

    /** Sends a line to an echo service as often as that, each after the answer to the one before. */
    static void echo(int port, int times) throws IOException {
        try (Socket socket = Loopback.connect(port)) {
            for (int i = 0; i < times; i++) {
                ping(socket, "line " + i);
            }
            socket.shutdownOutput();
            if (socket.getInputStream().read() >= 0) {
                throw new IOException("more comes back than was sent");
            }
        }
    }

    /** Sends a text and waits until it has come back. */
    static void ping(Socket socket, String text) throws IOException {
        byte[] sent = text.getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(sent);
        byte[] back = new byte[sent.length];
        new DataInputStream(socket.getInputStream()).readFully(back);
        if (!new String(back, StandardCharsets.US_ASCII).equals(text)) {
            throw new IOException("another text comes back");
        }
    }

    static void daytime(int port) throws IOException {
        String answer = Loopback.talk(port, "");
        if (!answer.endsWith("\r\n")) {
            throw new IOException("no whole answer, but '" + answer + "'");
        }
    }

    /** Says what is being done to the server, for the report of a failure. */
    void meanwhile(String what) {
        news = what;
    }

    long visits() {
        return visits.get();
    }

    /** What went wrong so far. */
    Queue<Throwable> failures() {
        return failures;
    }

    /** Lets those that are here finish, and no others come. */
    @Override
    public void close() {
        over = true;
        try {
            for (Thread thread : threads) {
                thread.join(Loopback.DEADLINE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
