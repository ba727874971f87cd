package org.switchboard.launcher.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The terminal on our standard input, through stty(1). */
final class Terminal {

    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;

    private Terminal() {
    }

    /** All its settings, for {@link #restore}; empty if standard input is not a terminal. */
    static Optional<String> settings() throws IOException {
        return stty("-g");
    }

    /** Hands over every byte as it is typed, and shows none. */
    static void raw() throws IOException {
        stty("raw", "-echo");
    }

    static void restore(String settings) throws IOException {
        stty(settings);
    }

    /** Type, columns and rows, as the control protocol wants them. */
    static String describe() throws IOException {
        Optional<String> terminal = stty("size");
        // What comes through a pipe is not for the eye, whatever terminal somebody sits at.
        String type = terminal.map(size -> System.getenv("TERM")).filter(name -> !name.isBlank()).orElse("dumb");
        int columns = DEFAULT_COLUMNS;
        int rows = DEFAULT_ROWS;
        String[] size = terminal.orElse("").split(" ");
        if (size.length == 2 && !size[0].equals("0") && !size[1].equals("0")) {
            rows = Integer.parseInt(size[0]);
            columns = Integer.parseInt(size[1]);
        }
        return type + " " + columns + " " + rows;
    }

    private static Optional<String> stty(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        try {
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
