package org.switchboard.itests.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A script for {@code typist.py}: what somebody types on a pseudo-terminal and what has to come. */
final class Terminal {

    private static final long PATIENCE_SECONDS = 120;

    private final List<String> command;
    private final List<String> steps = new ArrayList<>();

    Terminal(List<String> command) {
        this.command = command;
    }

    /** Whether this machine has what it takes. */
    static boolean isAvailable() {
        try {
            return new ProcessBuilder("python3", "-c", "import pty, sys; sys.exit(sys.version_info < (3, 9))").inheritIO().start()
                    .waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Terminal size(int columns, int rows) {
        steps.add("size " + columns + " " + rows);
        return this;
    }

    /** Types these keys, in Python's notation. */
    Terminal type(String keys) {
        steps.add("type " + keys);
        return this;
    }

    /** Types these keys again and again until that text comes. */
    Terminal repeat(String keys, String text) {
        steps.add("repeat " + keys + " => " + text);
        return this;
    }

    Terminal expect(String text) {
        steps.add("expect " + text);
        return this;
    }

    /** Runs the script up to the end of the program, and returns what stood on the screen; the last line says how it ended. */
    String run(Path directory) throws IOException, InterruptedException {
        steps.add("end");
        Path script = Files.writeString(directory.resolve("steps"), String.join("\n", steps) + "\n", StandardCharsets.ISO_8859_1);
        Path screen = directory.resolve("screen");
        List<String> words = new ArrayList<>(List.of("python3", Path.of("src/test/resources/typist.py").toString()));
        words.addAll(command);
        Process process = new ProcessBuilder(words).redirectInput(script.toFile()).redirectErrorStream(true)
                .redirectOutput(screen.toFile()).start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String seen = Files.readString(screen);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError("the terminal shows: " + seen);
            }
            return seen;
        } finally {
            process.destroyForcibly();
        }
    }
}
