package org.switchboard.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server started by {@code bin/switchboard run}, that is ready; killed at the end if it still runs. */
final class RunningServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 20;

    private final Installation installation;
    private final Path state;
    private final Path output;
    private final Process process;

    private RunningServer(Installation installation, Path state, Path output, Process process) {
        this.installation = installation;
        this.state = state;
        this.output = output;
        this.process = process;
    }

    /** Starts it on a state directory, and waits until it says that it is ready. */
    static RunningServer start(Installation installation, Path state, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("run", "--state", state.toString()));
        words.addAll(Arrays.asList(arguments));
        return start(installation, state, installation.process(words.toArray(String[]::new)));
    }

    static RunningServer start(Installation installation, Path state, ProcessBuilder builder) throws IOException, InterruptedException {
        Path output = Files.createTempFile("server", ".out");
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        RunningServer server = new RunningServer(installation, state, output, process);
        try {
            server.awaitOutput("switchboard: ready");
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
        return server;
    }

    long pid() {
        return process.pid();
    }

    /** What it printed so far, on both streams. */
    String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    void awaitOutput(String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!output().contains(text)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the server does not say '" + text + "' but: " + output());
            }
            process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Asks it, by another {@code bin/switchboard}. */
    Installation.Outcome ask(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--state", state.toString()));
        all.addAll(Arrays.asList(words));
        return installation.run(all.toArray(String[]::new));
    }

    /** Sends it a signal; the shell's own kill, for /bin/kill is a package of its own. */
    void signal(String name) throws IOException, InterruptedException {
        Installation.run(new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()));
    }

    /** Waits for its end, and says how it exited; fails if it takes longer. */
    int awaitExit(Duration bound) throws IOException, InterruptedException {
        if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the server runs longer than " + bound + "; it said: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.deleteIfExists(output);
    }
}
