package org.switchboard.itests.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The program {@code probe.c}, which prints what it was given. */
public final class Probe {

    private Probe() {
    }

    /** Compiles the program to a place that every user can reach. */
    public static Path compile(Workspace workspace) throws IOException, InterruptedException {
        Path program = workspace.resolve("probe");
        Command.run("gcc", "-O1", "-o", program.toString(), System.getProperty("probe.source")).orFail();
        return Files.setPosixFilePermissions(program, Workspace.OPEN_TO_ALL);
    }

    /** Its report. */
    public record Report(List<String> lines) {

        public static Report of(String text) {
            return new Report(text.lines().toList());
        }

        /** The rest of the line that begins with that and an equals sign. */
        public String value(String name) {
            return find(name).orElseThrow(() -> new AssertionError("no '" + name + "' in:\n" + String.join("\n", lines)));
        }

        /** The same, if there is such a line. */
        public Optional<String> find(String name) {
            return lines.stream().filter(line -> line.startsWith(name + "=")).map(line -> line.substring(name.length() + 1))
                    .findFirst();
        }

        /** All lines that begin like this, without that. */
        public List<String> all(String prefix) {
            return lines.stream().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length())).toList();
        }
    }
}
