package org.switchboard.itests.programs;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Numbers for configuration files. Taken below the range from which the kernel gives ports to clients, so that no client
 * takes one between our look and the server's.
 */
public final class FreePorts {

    private static final int FIRST = 10_000;
    private static final int LAST = 30_000;
    private static final int ATTEMPTS = 1_000;
    private static final Random RANDOM = new Random();
    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {
    }

    /** A port that is free for TCP and UDP on every address, and that this JVM did not give before. */
    public static synchronized int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = FIRST + RANDOM.nextInt(LAST - FIRST);
            if (!GIVEN.contains(port) && isFree(port)) {
                GIVEN.add(port);
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket tcp = new ServerSocket();
                DatagramSocket udp = new DatagramSocket(new InetSocketAddress((InetAddress) null, port))) {
            tcp.setReuseAddress(false);
            tcp.bind(new InetSocketAddress((InetAddress) null, port));
            return udp.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
