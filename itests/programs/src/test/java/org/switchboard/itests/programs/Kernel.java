package org.switchboard.itests.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What /proc/net/tcp says about IPv4 sockets. */
public final class Kernel {

    private static final int LISTEN = 0x0A;

    private Kernel() {
    }

    /** The inode of the listening socket on that port. */
    public static Optional<String> listener(int port) throws IOException {
        return Files.readAllLines(Path.of("/proc/net/tcp")).stream().skip(1).map(line -> line.strip().split("\\s+"))
                .filter(words -> port(words[1]) == port && Integer.parseInt(words[3], 16) == LISTEN)
                .map(words -> words[9]).findFirst();
    }

    /** The inode of the server's end of a connection. */
    public static Optional<String> connection(int serverPort, int clientPort) throws IOException {
        return Files.readAllLines(Path.of("/proc/net/tcp")).stream().skip(1).map(line -> line.strip().split("\\s+"))
                .filter(words -> port(words[1]) == serverPort && port(words[2]) == clientPort)
                .map(words -> words[9]).findFirst();
    }

    private static int port(String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1), 16);
    }
}
