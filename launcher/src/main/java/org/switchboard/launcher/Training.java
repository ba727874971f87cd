package org.switchboard.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A short life of the server in which it loads what it loads in every life: the virtual machine that runs this writes the
 * classes into an archive when it ends.
 */
final class Training {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final List<String> SERVERS = List.of("internal echo", "internal daytime", "/bin/true true");

    private final Settings settings;

    Training(Settings settings) {
        this.settings = settings;
    }

    int run() throws LaunchException, InterruptedException {
        Thread bound = new Thread(Training::giveUp, "switchboard-watchdog");
        bound.setDaemon(true);
        bound.start();
        List<Integer> ports = freePorts(SERVERS.size());
        Path file = configuration(ports);
        return new Server(settings).run(List.of(file.toString()), (framework, commands, state) -> {
            commands.awaitServing();
            exercise(commands, ports, file);
            trainClient(state);
            recordVersion();
            framework.stop();
        });
    }

    private static List<Integer> freePorts(int count) throws LaunchException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new LaunchException("no free ports on the loopback: " + e.getMessage());
        }
    }

    private Path configuration(List<Integer> ports) throws LaunchException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ports.size(); i++) {
            text.append("127.0.0.1:").append(ports.get(i)).append(" stream tcp nowait - ").append(SERVERS.get(i)).append('\n');
        }
        try {
            return Files.writeString(Files.createTempFile("switchboard", ".conf"), text);
        } catch (IOException e) {
            throw new LaunchException("cannot write a temporary file: " + e.getMessage());
        }
    }

    private static void exercise(Commands commands, List<Integer> ports, Path file) throws InterruptedException {
        for (int port : ports) {
            try (Socket client = new Socket()) {
                client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
                client.setSoTimeout(TIMEOUT_MILLIS);
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException e) {
                System.err.println("switchboard: training: port " + port + ": " + e.getMessage());
            }
        }
        commands.run("try");
        commands.run("list");
        commands.run("sessions");
        commands.run("ports");
        commands.run("reload");
        commands.run("check", file.toString());
        delete(file);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            System.err.println("switchboard: training: cannot delete " + file + ": " + e.getMessage());
        }
    }

    /** A client of this server, which writes an archive of its own. */
    private static void trainClient(Path state) throws InterruptedException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@java.options",
                "-XX:ArchiveClassesAtExit=client.jsa", "@client.options", "org.switchboard.launcher.client.Client", state.toString(), "list");
        try {
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            System.err.println("switchboard: training: " + e.getMessage());
        }
    }

    private void recordVersion() {
        try {
            ClassArchive.recordVersion(settings.lib());
        } catch (IOException e) {
            System.err.println("switchboard: training: " + e.getMessage());
        }
    }

    private static void giveUp() {
        try {
            Thread.sleep(BOUND.toMillis());
            System.err.println("switchboard: training: not done within " + BOUND.toSeconds() + " s; given up");
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
