package org.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.itests.needs.Needs;

/** Where the distribution may lie, and who may run it. */
class InstallationIT {

    /** A copy with a space in its path, that everybody may read and nobody may write. */
    private static Path readOnly;

    @TempDir
    Path directory;

    private final int port = Installation.freePort();
    private String conf = "";

    @BeforeAll
    static void copy() throws Exception {
        Path parent = Files.createTempDirectory("switchboard it");
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        readOnly = parent.resolve("read only");
        Path built = Installation.built().home();
        Installation.run(new ProcessBuilder("cp", "-rp", built.toString(), readOnly.toString()));
        Installation.run(new ProcessBuilder("rm", "-rf", readOnly.resolve("state").toString()));
        Installation.run(new ProcessBuilder("chmod", "-R", "a=rX", readOnly.toString()));
    }

    @AfterAll
    static void delete() throws Exception {
        Installation.run(new ProcessBuilder("chmod", "-R", "u+w", readOnly.toString()));
        try (Stream<Path> all = Files.walk(readOnly.getParent())) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @BeforeEach
    void readableForAll() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        conf = Files.writeString(directory.resolve("inetd.conf"), Installation.line(port, "echo")).toString();
    }

    private void serves(Installation installation) throws IOException, InterruptedException {
        try (RunningServer server = RunningServer.start(installation, directory.resolve("state"), conf)) {
            assertThat(server.output()).contains("nc 127.0.0.1 " + port);
            assertThat(server.ask("list").out()).contains(Integer.toString(port));
        }
    }

    @Nested
    class Places {

        @Test
        void readOnlyWithSpacesInThePath() throws Exception {
            serves(Installation.built().at(readOnly));
            try (Stream<Path> all = Files.walk(readOnly)) {
                assertThat(all.filter(path -> path.startsWith(readOnly.resolve("state")))).isEmpty();
            }
        }

        @Test
        void throughSymbolicLinks() throws Exception {
            Path first = Files.createSymbolicLink(directory.resolve("first link"), readOnly.resolve("bin/switchboard"));
            Path bin = Files.createDirectory(directory.resolve("bin"));
            Files.createSymbolicLink(bin.resolve("switchboard"), Path.of("../" + first.getFileName()));
            serves(Installation.built().at(directory));
        }

        @Test
        void relativeFileFromAnyDirectory() throws Exception {
            Installation installation = Installation.built();
            ProcessBuilder builder = installation.process("run", "--state", "my state", "inetd.conf").directory(directory.toFile());
            try (RunningServer server = RunningServer.start(installation, directory.resolve("my state"), builder)) {
                assertThat(server.output()).contains("nc 127.0.0.1 " + port);
            }
        }

        @Test
        void stateDirectoryFromTheEnvironment() throws Exception {
            Installation installation = Installation.built().with("SWITCHBOARD_STATE", directory.resolve("elsewhere").toString());
            try (RunningServer server = RunningServer.start(installation, directory.resolve("elsewhere"),
                    installation.process("run", conf))) {
                assertThat(installation.run("list").out()).contains(Integer.toString(port));
                assertThat(server.output()).contains("elsewhere");
            }
        }
    }

    @Nested
    class Users {

        @Test
        void withoutHome() throws Exception {
            serves(Installation.built().with("HOME", ""));
        }

        @Test
        void unprivileged() throws Exception {
            Needs.root("the server is to run as nobody");
            Installation.run(new ProcessBuilder("chown", "nobody", directory.toString()));
            serves(Installation.built().at(readOnly).as("nobody"));
        }

        @Test
        void nowhereToKeepStateIsOneLine() throws Exception {
            Needs.root("the server is to run as nobody");
            Installation.Outcome outcome = Installation.built().at(readOnly).as("nobody").with("HOME", "")
                    .with("XDG_STATE_HOME", "").run("run", conf);
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.err()).contains("--state").hasLineCount(1);
        }

        @Test
        void stateDirectoryOfSomebodyElseIsRefused() throws Exception {
            Needs.root("a directory is to belong to nobody");
            Path foreign = Files.createDirectory(directory.resolve("foreign"));
            Installation.run(new ProcessBuilder("chown", "nobody", foreign.toString()));
            Installation.Outcome outcome = Installation.built().run("run", "--state", foreign.toString(), conf);
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.err()).contains("belongs to").hasLineCount(1);
        }
    }

    @Nested
    class Java {

        @Test
        void missingIsOneLine() throws Exception {
            Path bin = Files.createDirectory(directory.resolve("bin"));
            for (String tool : new String[] {"readlink", "id", "sh"}) {
                Files.createSymbolicLink(bin.resolve(tool), Path.of("/bin", tool));
            }
            Installation.Outcome outcome = Installation.built().with("JAVA_HOME", "").with("PATH", bin.toString()).run("run", conf);
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.err()).contains("Java 17").hasLineCount(1);
        }

        @Test
        void tooOldIsOneLine() throws Exception {
            Path bin = Files.createDirectories(directory.resolve("jdk/bin"));
            Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");
            Files.createSymbolicLink(bin.resolve("java"), Path.of("/bin/false"));
            Installation.Outcome outcome = Installation.built().with("JAVA_HOME", directory.resolve("jdk").toString()).run("run", conf);
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.err()).contains("11").contains("17").hasLineCount(1);
        }
    }

    @Nested
    class Usage {

        @Test
        void helpExplainsOnStandardOutput() throws Exception {
            for (String word : new String[] {"help", "--help"}) {
                Installation.Outcome outcome = Installation.built().run(word);
                assertThat(outcome.exit()).isZero();
                assertThat(outcome.out()).contains("switchboard run").contains("64");
            }
        }

        @Test
        void versionIsOneLine() throws Exception {
            assertThat(Installation.built().run("--version").out()).matches("switchboard [0-9.]+\n");
        }

        @Test
        void unknownOptionIsWrongUsage() throws Exception {
            for (String[] words : new String[][] {{"run", "--nonsense"}, {"check", "--nonsense", conf}, {"--nonsense"}}) {
                Installation.Outcome outcome = Installation.built().run(words);
                assertThat(outcome.exit()).isEqualTo(64);
                assertThat(outcome.err()).contains("--nonsense").hasLineCount(1);
            }
        }
    }
}
