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
        void aCopyWithOtherTimesKeepsTheClassArchiveAndAShortCommandLine() throws Exception {
            Path copy = directory.resolve("copy");
            Installation.run(new ProcessBuilder("cp", "-r", readOnly.toString(), copy.toString()));
            try (RunningServer server = RunningServer.start(Installation.built().at(copy), directory.resolve("state"), conf)) {
                Path process = Path.of("/proc", Long.toString(server.pid()));
                assertThat(Files.readString(process.resolve("maps"))).contains("/lib/server.jsa");
                assertThat(server.output()).doesNotContain("archive");
                assertThat(Files.readString(process.resolve("cmdline")).replace(directory.toString(), "").length()).isLessThan(300);
            }
        }

        @Test
        void theStateOfRootIsOutsideOfTheDistribution() throws Exception {
            Path copy = directory.resolve("copy");
            Installation.run(new ProcessBuilder("cp", "-r", readOnly.toString(), copy.toString()));
            Installation.run(new ProcessBuilder("chmod", "u+w", copy.toString()));
            Files.createDirectory(copy.resolve("state"));
            boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
            assertThat(Installation.built().at(copy).run("status").out())
                    .contains("the state directory " + (root ? Path.of("/var/lib/switchboard") : copy.resolve("state")));
        }

        @Test
        void theStateOfABuildStaysInItsTree() throws Exception {
            assertThat(Installation.built().run("status").out()).contains(Installation.built().home().resolve("state").toString());
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
            for (String word : new String[] {"version", "--version"}) {
                assertThat(Installation.built().run(word).out()).matches("switchboard [0-9.]+\n");
            }
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

    /** A part that is not there, or not what it should be, is one line on standard error, and the exit status is 1. */
    @Nested
    class Refused {

        private void isOneLine(Installation.Outcome outcome, String... parts) {
            assertThat(outcome.exit()).as(outcome.err()).isEqualTo(1);
            assertThat(outcome.err()).contains(parts).hasLineCount(1);
        }

        private Installation.Outcome run(Installation installation, String file) throws IOException, InterruptedException {
            return installation.run("run", "--state", directory.resolve("state").toString(), file);
        }

        private Installation.Outcome inetd(String... words) throws IOException, InterruptedException {
            ProcessBuilder inetd = Installation.built().process(words);
            inetd.command().replaceAll(word -> word.replaceFirst("/bin/switchboard$", "/bin/inetd"));
            return Installation.run(inetd);
        }

        private Installation without(String part) throws IOException, InterruptedException {
            Path copy = directory.resolve("copy");
            Installation.run(new ProcessBuilder("cp", "-rp", Installation.built().home().toString(), copy.toString()));
            Installation.run(new ProcessBuilder("sh", "-c", "rm \"$0\"/" + part, copy.toString()));
            return Installation.built().at(copy);
        }

        @Test
        void aFileThatIsNotThere() throws Exception {
            isOneLine(run(Installation.built(), directory + "/none.conf"), "none.conf", "No such file");
        }

        @Test
        void aDirectoryInPlaceOfTheFileOfInetd() throws Exception {
            isOneLine(inetd("-i", "--state=" + directory.resolve("state"), directory.toString()), "Is a directory");
        }

        @Test
        void anInstallWithoutItsLauncher() throws Exception {
            Installation broken = without("lib/launcher.jar");
            isOneLine(run(broken, conf), "launcher.jar", "install");
            isOneLine(broken.run("check", conf), "launcher.jar", "install");
            isOneLine(broken.run("list"), "launcher.jar", "install");
        }

        @Test
        void anInstallWithoutABundleThatIsNeeded() throws Exception {
            isOneLine(run(without("bundles/org.switchboard.ports-*.jar"), conf), "org.switchboard.ports is missing in");
        }

        @Test
        void aBundleThatIsCut() throws Exception {
            Installation broken = without("bundles/org.switchboard.limits-*.jar");
            Files.createFile(broken.home().resolve("bundles/org.switchboard.limits-0.1.0.jar"));
            isOneLine(run(broken, conf), "org.switchboard.limits-0.1.0.jar cannot be installed", "zip");
        }

        @Test
        void aFullDisk() throws Exception {
            Needs.root("a small file system is to be mounted");
            assertThat(onSmallFileSystem("size=64k").err()).contains("cannot copy", "cannot be installed in", "No space left on device")
                    .doesNotContain("\tat ").hasLineCount(2);
        }

        @Test
        void aReadOnlyStateDirectory() throws Exception {
            Needs.root("a file system is to be mounted");
            isOneLine(onSmallFileSystem("ro"), "Read-only file system");
        }

        private Installation.Outcome onSmallFileSystem(String options) throws IOException, InterruptedException {
            Path state = Files.createDirectory(directory.resolve("state"));
            return Installation.run(new ProcessBuilder("unshare", "-m", "sh", "-c",
                    "mount -t tmpfs -o mode=700," + options + " none \"$1\" && exec \"$0\" -i -e --state=\"$1\" \"$2\"",
                    Installation.built().home() + "/bin/inetd", state.toString(), conf));
        }
    }

    @Test
    void everyBundleIsMissedByName() throws Exception {
        try (Stream<Path> jars = Files.list(Installation.built().home().resolve("bundles"))) {
            assertThat(jars.filter(jar -> !MissingBundles.knows(jar))).isEmpty();
        }
    }

    @Test
    void aBundleThatIsNotNeededIsMissedInTheLog() throws Exception {
        Path copy = directory.resolve("copy");
        Installation.run(new ProcessBuilder("cp", "-rp", Installation.built().home().toString(), copy.toString()));
        Installation.run(new ProcessBuilder("sh", "-c", "rm \"$0\"/bundles/org.switchboard.limits-*.jar", copy.toString()));
        try (RunningServer server = RunningServer.start(Installation.built().at(copy), directory.resolve("state"), conf)) {
            assertThat(server.output()).contains("org.switchboard.limits is missing in " + copy.resolve("bundles"));
        }
    }
}
