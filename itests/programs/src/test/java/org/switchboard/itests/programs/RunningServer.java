package org.switchboard.itests.programs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server started as a user starts it, with a workspace, a state directory and a configuration file of its own. */
public final class RunningServer implements AutoCloseable {

    /** Long enough for the slowest machine; nothing waits that long unless it is broken. */
    public static final Duration DEADLINE = Duration.ofSeconds(90);

    private static final Duration POLL = Duration.ofMillis(20);
    private static final long STOP_SECONDS = 5;
    private static final Pattern PROGRAM = Pattern.compile("pid=(\\d+)");

    private final Workspace workspace;
    private final List<String> command;
    private final Process process;
    private final Lines log;
    private final Lines output;

    private RunningServer(Workspace workspace, List<String> command) throws IOException {
        this.workspace = workspace;
        this.command = command;
        this.process = new ProcessBuilder(command).directory(workspace.path().toFile()).start();
        this.log = Lines.of(process.getErrorStream(), "stderr");
        this.output = Lines.of(process.getInputStream(), "stdout");
    }

    /** Starts a server on these lines of configuration and waits until it is ready. */
    public static RunningServer start(String... lines) throws IOException, InterruptedException {
        return startUnder(List.of(), List.of(), lines);
    }

    /**
     * The same through another command, and with options of {@code run}.
     *
     * @param command words in front of {@code bin/switchboard}; it has to become what follows, by exec
     */
    public static RunningServer startUnder(List<String> command, List<String> options, String... lines)
            throws IOException, InterruptedException {
        Workspace workspace = Workspace.create();
        Path conf = workspace.write("inetd.conf", String.join("\n", lines) + "\n");
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(Distribution.script(), "run", "--state", workspace.resolve("state").toString(), "--log-sessions"));
        words.addAll(options);
        words.add(conf.toString());
        return ready(new RunningServer(workspace, words));
    }

    /** Another server on the state directory of this one, which was terminated, started in the same way. */
    public RunningServer again() throws IOException, InterruptedException {
        return ready(new RunningServer(workspace, command));
    }

    private static RunningServer ready(RunningServer server) throws IOException, InterruptedException {
        try {
            server.output.await("switchboard: ready", DEADLINE);
            return server;
        } catch (AssertionError e) {
            AssertionError why = new AssertionError(e.getMessage() + "\n" + server.threads() + "\nand on stderr:\n" + server.log, e);
            server.close();
            throw why;
        }
    }

    public Workspace workspace() {
        return workspace;
    }

    /** The process of the server. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** What it logs. */
    public Lines log() {
        return log;
    }

    /** Waits for a line of the log with a match. */
    public Matcher awaitLog(String regex) throws InterruptedException {
        return log.await(regex, DEADLINE);
    }

    /** Replaces the configuration file and reloads; returns what {@code reload} prints. */
    public String reload(String... lines) throws IOException, InterruptedException {
        workspace.write("inetd.conf", String.join("\n", lines) + "\n");
        return ask("reload").output();
    }

    /** Runs {@code bin/switchboard} with these words against this server. */
    public Command.Result ask(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(Distribution.script(), "--state", workspace.resolve("state").toString()));
        all.addAll(Arrays.asList(words));
        return Command.run(all.toArray(String[]::new));
    }

    /** The line of {@code list} for an id that begins like this. */
    public String listed(String id) throws IOException, InterruptedException {
        return line(id).orElseThrow(() -> new AssertionError("no '" + id + "' in the list; log:\n" + log));
    }

    /** Asks for the line of {@code list} again and again until it has a match. */
    public String awaitListed(String id, String regex) throws IOException, InterruptedException {
        Pattern pattern = Pattern.compile(regex);
        return awaitLine(id, "'" + regex + "'", line -> line.isPresent() && pattern.matcher(line.get()).find()).orElseThrow();
    }

    /** Asks for the line of {@code list} again and again until it is gone. */
    public void awaitNotListed(String id) throws IOException, InterruptedException {
        awaitLine(id, "gone", Optional::isEmpty);
    }

    private Optional<String> awaitLine(String id, String what, Predicate<Optional<String>> condition)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + DEADLINE.toNanos();
        Optional<String> line = line(id);
        while (!condition.test(line)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still not " + what + ": " + line + "\nlog:\n" + log);
            }
            process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
            line = line(id);
        }
        return line;
    }

    private Optional<String> line(String id) throws IOException, InterruptedException {
        return ask("list").orFail().lines().filter(line -> line.strip().startsWith(id)).findFirst();
    }

    /** Sends SIGTERM and waits for the exit status. */
    public int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running " + DEADLINE.toSeconds() + " s after SIGTERM; log:\n" + log);
        }
        return process.exitValue();
    }

    /** Sends a signal by name. */
    public void signal(String name) throws IOException, InterruptedException {
        Command.run("/bin/sh", "-c", "kill -" + name + " " + process.pid()).orFail();
    }

    /** What its threads are doing, for somebody who wants to know why nothing happens. */
    private String threads() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            return "exit status " + process.exitValue();
        }
        int from = output.count();
        signal("QUIT");
        try {
            output.await("JNI global refs", from, DEADLINE);
        } catch (AssertionError nothing) {
            return "and it did not tell about its threads either";
        }
        return output.toString();
    }

    /** Stops the server and whatever it started that is still running. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> programs = new ArrayList<>();
        try {
            if (process.isAlive()) {
                Matcher pid = PROGRAM.matcher(ask("sessions").output());
                while (pid.find()) {
                    ProcessHandle.of(Long.parseLong(pid.group(1))).ifPresent(programs::add);
                }
                process.destroy();
                process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly().onExit().join();
            programs.forEach(ProcessHandle::destroyForcibly);
            workspace.close();
        }
    }
}
