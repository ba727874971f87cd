package org.switchboard.itests.programs.inetd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.Distribution;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/** A daemon that {@code bin/inetd} left in the background, with a workspace, a pid file and a state directory of its own. */
final class Inetd implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final Workspace workspace;
    private final ProcessHandle process;

    private Inetd(Workspace workspace, ProcessHandle process) {
        this.workspace = workspace;
        this.process = process;
    }

    /** What is in the workspace besides: the configuration file, the pid file, and where syslog would listen. */
    static Path conf(Workspace workspace) {
        return workspace.resolve("inetd.conf");
    }

    static Path pidFile(Workspace workspace) {
        return workspace.resolve("inetd.pid");
    }

    static Path log(Workspace workspace) {
        return workspace.resolve("log");
    }

    /** The words that start it: {@code bin/inetd} with state, pid file, these options, and the configuration file. */
    static List<String> command(Workspace workspace, List<String> options) {
        List<String> words = new ArrayList<>(List.of("env",
                "SWITCHBOARD_JAVA_OPTS=-Dswitchboard.syslog.socket=" + log(workspace), Distribution.inetd(),
                "--state=" + workspace.resolve("state"), "--pidfile=" + pidFile(workspace)));
        words.addAll(options);
        words.add(conf(workspace).toString());
        return words;
    }

    /** Starts a daemon on these lines; returns when the command does. */
    static Inetd start(Workspace workspace, List<String> options, String... lines) throws IOException, InterruptedException {
        workspace.write("inetd.conf", String.join("\n", lines) + "\n");
        Command.run(command(workspace, options).toArray(String[]::new)).orFail();
        return running(workspace);
    }

    /** The daemon that was started in this workspace. */
    static Inetd running(Workspace workspace) throws IOException {
        long pid = Long.parseLong(Files.readString(pidFile(workspace)).strip());
        return new Inetd(workspace, ProcessHandle.of(pid).orElseThrow(() -> new AssertionError(pid + " is not there")));
    }

    long pid() {
        return process.pid();
    }

    /** Its files in /proc. */
    Path proc(String name) {
        return Path.of("/proc", Long.toString(pid()), name);
    }

    Command.Result ask(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(Distribution.script(), "--state", workspace.resolve("state").toString()));
        all.addAll(Arrays.asList(words));
        return Command.run(all.toArray(String[]::new));
    }

    void signal(String name) throws IOException, InterruptedException {
        Command.run("/bin/sh", "-c", "kill -" + name + " " + pid()).orFail();
    }

    /** Waits for its end. It is no child of ours, so nobody here learns its exit status; who should may never ask for it. */
    void awaitEnd() {
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        while (!hasEnded()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("pid " + pid() + " still runs");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private boolean hasEnded() {
        try {
            return Files.readString(proc("stat")).contains(") Z ");
        } catch (IOException gone) {
            return true;
        }
    }

    /** Waits for the end, since it writes to the workspace until then. */
    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Waits until something is so. */
    static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still not so: " + what);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    interface Condition {
        boolean holds() throws Exception;
    }
}
