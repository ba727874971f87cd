package org.switchboard.itests.programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that runs to its end, within a deadline. */
public final class Command {

    private static final long DEADLINE_SECONDS = 90;

    private Command() {
    }

    /** What it said, on both channels, and its exit status. */
    public record Result(int status, String output) {

        /** The output, if it went well. */
        public String orFail() {
            if (status != 0) {
                throw new AssertionError("exit status " + status + ":\n" + output);
            }
            return output;
        }
    }

    public static Result run(String... words) throws IOException, InterruptedException {
        return run(Path.of("/"), words);
    }

    public static Result run(Path directory, String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
        Thread bound = new Thread(() -> endAfterDeadline(process), "deadline of " + words[0]);
        bound.setDaemon(true);
        bound.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        bound.interrupt();
        return new Result(status, output);
    }

    private static void endAfterDeadline(Process process) {
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                List.copyOf(process.descendants().toList()).forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
