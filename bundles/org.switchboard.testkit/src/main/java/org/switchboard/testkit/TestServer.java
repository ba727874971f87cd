package org.switchboard.testkit;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server of its own for an integration test: the distribution, started as a user starts it, with a state directory and a
 * configuration that are gone afterwards. What it says is in {@link #log}.
 */
public final class TestServer implements AutoCloseable {

    /** Long enough for the slowest machine; nothing waits that long unless it is broken. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 20;

    private final Path folder;
    private final Path log;
    private final Process process;

    private TestServer(Path folder, Path log, Process process) {
        this.folder = folder;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a server; it is ready when {@link #ask} says so.
     *
     * @param distribution the folder with {@code bin/switchboard}
     * @param lines        of its inetd.conf
     */
    public static TestServer start(Path distribution, String... lines) throws IOException {
        Path folder = Files.createTempDirectory("switchboard-test");
        Path conf = Files.writeString(folder.resolve("inetd.conf"), String.join("\n", lines) + "\n");
        Path deploy = Files.createDirectories(folder.resolve("state/deploy"));
        Path log = folder.resolve("log");
        ProcessBuilder command = new ProcessBuilder(distribution.resolve("bin/switchboard").toString(), "run", "--state",
                deploy.getParent().toString(), conf.toString()).redirectErrorStream(true).redirectOutput(log.toFile());
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new TestServer(folder, log, command.start());
    }

    /** A port of the loopback that nobody has open at this moment. */
    public static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** Puts a bundle into its {@code deploy/}, in the place of an older one of that file name. */
    public void deploy(Path bundle) throws IOException {
        Path deploy = folder.resolve("state/deploy");
        Path part = Files.copy(bundle, deploy.resolve("." + bundle.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, deploy.resolve(bundle.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Sends a text to a port of 127.0.0.1, closes its side, and reads to the end. Tries again until the port is open.
     *
     * @return the answer, as UTF-8
     */
    public String ask(int port, String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout((int) DEADLINE.toMillis());
                socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (ConnectException notYet) {
                if (System.nanoTime() > end || process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("port " + port + " is not open; the server says:\n" + log(), notYet);
                }
            }
        }
    }

    /** What the server said so far. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Stops the server and removes what it left. */
    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().completeOnTimeout(process, DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
