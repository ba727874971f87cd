package org.switchboard.posix.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.switchboard.posix.Account;
import org.switchboard.posix.Exit;
import org.switchboard.posix.Launch;
import org.switchboard.posix.Program;
import org.switchboard.posix.Spawner;

/** Starts real programs and hears what they say. */
record Programs(Spawner spawner) {

    static final Launch NOTHING = launch("/bin/true", "true");

    /** What a program wrote to its socket, and how it ended. */
    record Said(String text, Exit exit) {
        /** The rest of the line that begins with that word, as in {@code /proc/self/status}. */
        String line(String word) {
            return text.lines().filter(line -> line.startsWith(word)).findFirst()
                    .map(line -> line.substring(word.length()).trim()).orElseThrow(() -> new AssertionError(text));
        }
    }

    static Launch launch(String program, String... argv) {
        return new Launch(program, List.of(argv), Map.of("PATH", "/usr/bin:/bin"), Optional.empty(), OptionalInt.empty(), 0,
                List.of(), Optional.empty(), "/");
    }

    static Launch shell(String script) {
        return launch("/bin/sh", "sh", "-c", script);
    }

    static Launch as(Account account, Launch launch) {
        return new Launch(launch.program(), launch.argv(), launch.environment(), Optional.of(account), launch.umask(),
                launch.nice(), launch.limits(), launch.root(), launch.directory());
    }

    static Launch with(Launch launch, int umask, int nice, List<Launch.Limit> limits, String directory) {
        return new Launch(launch.program(), launch.argv(), launch.environment(), launch.account(), OptionalInt.of(umask), nice,
                limits, launch.root(), directory);
    }

    Said run(Launch launch) throws Exception {
        return run(launch, "");
    }

    /** Runs it with that input queued, and our side half-closed, before it starts. */
    Said run(Launch launch, String input) throws Exception {
        int[] pair = Native.pair();
        try {
            Native.send(pair[0], input);
            LibC.shutdown(pair[0], 1);
            Program program = spawner.start(launch, pair[1]);
            LibC.close(pair[1]);
            pair[1] = -1;
            return new Said(Native.readAll(pair[0]), exit(program));
        } finally {
            for (int fd : pair) {
                if (fd >= 0) {
                    LibC.close(fd);
                }
            }
        }
    }

    static Exit exit(Program program) throws Exception {
        return program.exited().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Starts it and gives our end of its socket. */
    Running start(Launch launch) throws IOException {
        int[] pair = Native.pair();
        Program program = spawner.start(launch, pair[1]);
        LibC.close(pair[1]);
        return new Running(program, pair[0]);
    }

    /** A program with our end of its socket. */
    record Running(Program program, int socket) implements AutoCloseable {
        @Override
        public void close() {
            LibC.close(socket);
        }
    }

    static List<Exit> exits(List<Program> programs) throws Exception {
        List<Exit> exits = new ArrayList<>();
        for (Program program : programs) {
            exits.add(exit(program));
        }
        return exits;
    }

    int pidOfTheSpawner() throws Exception {
        return Integer.parseInt(run(shell("echo $PPID")).text().trim());
    }
}
