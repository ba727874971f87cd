package org.switchboard.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** An unpacked distribution, used from outside as its user does: by {@code bin/switchboard}. */
record Installation(Path home, Map<String, String> environment, List<String> prefix) {

    /** Below the range from which the kernel takes the ports of clients, so that none of these takes ours between choice and use. */
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final long PATIENCE_SECONDS = 60;

    /** What a command printed, and how it ended. */
    record Outcome(int exit, String out, String err) {
    }

    /** The one that the build has just made. */
    static Installation built() {
        return new Installation(Path.of(System.getProperty("distribution")), Map.of(), List.of());
    }

    /** The same at another path. */
    Installation at(Path path) {
        return new Installation(path, environment, prefix);
    }

    /** With a variable of the environment; an empty value removes it. */
    Installation with(String variable, String value) {
        Map<String, String> more = new java.util.HashMap<>(environment);
        more.put(variable, value);
        return new Installation(home, Map.copyOf(more), prefix);
    }

    /** As another user; only root can do that. */
    Installation as(String user) {
        return new Installation(home, environment, List.of("setpriv", "--reuid=" + user, "--regid=nogroup", "--clear-groups"));
    }

    /** A ready-to-start command. */
    ProcessBuilder process(String... words) {
        List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("bin/switchboard").toString());
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("SWITCHBOARD_"));
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return builder;
    }

    /** Runs a command to its end. */
    Outcome run(String... words) throws IOException, InterruptedException {
        return run(process(words));
    }

    static Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", "");
        Path err = Files.createTempFile("err", "");
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(builder.command() + " does not end; it said: " + text(out) + text(err));
            }
            return new Outcome(process.exitValue(), text(out), text(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    /** A port of the loopback that nobody uses now. */
    static int freePort() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                continue;
            }
        }
        throw new AssertionError("no free port between " + FIRST_PORT + " and " + LAST_PORT);
    }

    /** {@code 127.0.0.1:PORT stream tcp nowait - internal PROVIDER}. */
    static String line(int port, String provider) {
        return "127.0.0.1:" + port + " stream tcp nowait - internal " + provider + "\n";
    }
}
