package org.switchboard.launcher.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The process of the server on a state directory: whether it runs, and its end. Exit statuses are those that the Linux
 * Standard Base gives init scripts.
 */
final class ServerProcess {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int NOT_RUNNING = 3;
    private static final int UNKNOWN = 4;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Path state;
    private final ProcessHandle process;

    private ServerProcess(Path state, ProcessHandle process) {
        this.state = state;
        this.process = process;
    }

    /**
     * The server that answers on the control socket of that directory: only while that connection is open does the number
     * in the directory surely belong to it.
     */
    static ServerProcess of(Path state) throws IOException {
        return named(state).orElseThrow(() -> new IOException("the server on " + state + " ends just now"));
    }

    /** The process whose number stands in the directory, which a server that was killed leaves there. */
    private static Optional<ServerProcess> named(Path state) throws IOException {
        try {
            String pid = Files.readString(state.resolve("lock"), StandardCharsets.US_ASCII).strip();
            return pid.matches("[0-9]{1,18}")
                    ? ProcessHandle.of(Long.parseLong(pid)).map(process -> new ServerProcess(state, process)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    int printStatus() {
        System.out.println("switchboard: running, pid " + process.pid() + since() + ", state " + state);
        return DONE;
    }

    private String since() {
        return process.info().startInstant()
                .map(start -> ", since " + TIME.format(start) + " (" + text(Duration.between(start, Instant.now())) + ")").orElse("");
    }

    /** In the two largest units. */
    static String text(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toSecondsPart() + " s";
    }

    /** Sends SIGTERM and waits for the end, however long sessions take that the server drains. */
    int stop() throws IOException {
        if (!process.destroy()) {
            throw new IOException("cannot send SIGTERM to process " + process.pid());
        }
        process.onExit().join();
        System.out.println("switchboard: stopped, pid " + process.pid() + ", state " + state);
        return DONE;
    }

    static int statusWithoutAnswer(Path state) {
        return withoutAnswer(state, NOT_RUNNING, UNKNOWN);
    }

    static int stopWithoutAnswer(Path state) {
        return withoutAnswer(state, DONE, FAILED);
    }

    /** Only the server can say for sure that it runs; a number in its directory may be another process by now. */
    private static int withoutAnswer(Path state, int notRunning, int unknown) {
        try {
            Optional<ServerProcess> process = named(state);
            if (process.isEmpty()) {
                System.out.println("switchboard: not running on the state directory " + state
                        + "; another one is named with --state DIR");
                return notRunning;
            }
            System.out.println("switchboard: no answer on the state directory " + state + "; process "
                    + process.get().process.pid() + " may be its server, while it starts or ends");
        } catch (AccessDeniedException e) {
            System.out.println("switchboard: cannot look into the state directory " + state + ": permission denied");
        } catch (IOException e) {
            System.out.println("switchboard: cannot look into the state directory " + state + ": " + e.getMessage());
        }
        return unknown;
    }
}
