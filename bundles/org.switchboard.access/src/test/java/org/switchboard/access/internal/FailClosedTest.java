package org.switchboard.access.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** No failure of a rule admits a client that the rule, had it worked, might have refused. */
@Timeout(60)
class FailClosedTest {

    private static final String CLIENT = "192.0.2.7";
    private static final int TOO_LARGE = (16 << 20) + 1;

    @TempDir
    private Path folder;

    /** What may stand where a file should be. */
    private enum Obstacle {
        DIRECTORY(path -> Files.createDirectory(path)),
        FIFO(path -> run("mkfifo", path.toString())),
        DEVICE(path -> Files.createSymbolicLink(path, Path.of("/dev/zero"))),
        LOOP(path -> Files.createSymbolicLink(path, path)),
        DANGLING(path -> Files.createSymbolicLink(path, path.resolveSibling("nothing"))),
        TOO_LARGE(path -> Files.write(path, new byte[FailClosedTest.TOO_LARGE])),
        TOO_MANY_PATTERNS(path -> Files.writeString(path, "ALL: 10.0.0.0/8\n".repeat(100_000))),
        NO_PERMISSION(path -> Files.setPosixFilePermissions(Files.createFile(path),
                PosixFilePermissions.fromString("---------")));

        private interface Maker {
            Object make(Path path) throws IOException;
        }

        private final Maker maker;

        Obstacle(Maker maker) {
            this.maker = maker;
        }

        void put(Path path) throws IOException {
            maker.make(path);
        }

        /** Root reads whatever it likes. */
        boolean hinders() {
            return this != NO_PERMISSION || !System.getProperty("user.name").equals("root");
        }
    }

    private static int run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    @ParameterizedTest
    @EnumSource
    void aDenyFileThatCannotBeReadRefusesUntilItCan(Obstacle obstacle) throws Exception {
        Court court = new Court(folder).allow("in.ftpd: 192.0.2.8\n");
        obstacle.put(file("hosts.deny"));

        assertThat(court.grants("in.ftpd", CLIENT)).isEqualTo(!obstacle.hinders());
        assertThat(court.grants("in.ftpd", "192.0.2.8")).as("whom hosts.allow admits").isTrue();

        Files.delete(file("hosts.deny"));
        court.deny("ALL: 192.0.2.9\n");
        assertThat(court.grants("in.ftpd", CLIENT)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anAllowFileThatCannotBeReadRefusesSinceItMayHaveLinesThatDeny(Obstacle obstacle) throws Exception {
        Court court = new Court(folder).deny("");
        obstacle.put(file("hosts.allow"));

        assertThat(court.grants("in.ftpd", CLIENT)).isEqualTo(!obstacle.hinders());
    }

    @ParameterizedTest
    @EnumSource
    void aListOfHostsThatCannotBeReadDoesNotAdmitWhomItMayName(Obstacle obstacle) throws Exception {
        obstacle.put(file("list"));
        Court court = new Court(folder).allow("").deny("ALL: " + file("list") + "\n");

        assertThat(court.grants("in.ftpd", CLIENT)).isEqualTo(!obstacle.hinders());
        court.allow("ALL: " + file("list") + " : deny\n").deny("");
        assertThat(court.grants("in.ftpd", CLIENT)).isEqualTo(!obstacle.hinders());
        court.allow("ALL: ALL EXCEPT " + file("list") + "\n").deny("ALL: ALL\n");
        assertThat(court.grants("in.ftpd", CLIENT)).isEqualTo(!obstacle.hinders());
        court.allow("ALL: 192.0.2. EXCEPT " + file("list") + "\nin.ftpd: ALL\n");
        assertThat(court.grants("in.ftpd", CLIENT)).as("another line decides").isTrue();
    }

    @Test
    void whyAFileCannotBeReadIsLoggedOnceAndHowOftenThatMattered() throws Exception {
        Court court = new Court(folder);
        Files.createDirectory(file("hosts.deny"));

        court.grants("in.ftpd", CLIENT);
        court.grants("in.ftpd", CLIENT);
        assertThat(court.loggers.lines().stream().map(Object::toString).filter(line -> line.contains("Is a directory")))
                .hasSize(1);
        Files.delete(file("hosts.deny"));
        court.grants("in.ftpd", CLIENT);
        assertThat(court.loggers.lines()).anyMatch(line -> line.toString()
                .contains("can be read again, after 2 attempts"));
    }

    @Test
    void filesThatNameOneAnotherInCirclesDoNotAdmit() throws Exception {
        Files.writeString(file("list"), file("list") + "\n");
        Court court = new Court(folder).deny("ALL: " + file("list") + "\n");

        assertThat(court.grants("in.ftpd", CLIENT)).isFalse();
    }

    @Test
    void aLongListOfAddressesIsReadAsAWholeAndEachLineCounts() throws Exception {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < 800_000; i++) {
            list.append("ALL: 10.").append(i >> 16 & 255).append('.').append(i >> 8 & 255).append('.').append(i & 255)
                    .append('\n');
        }
        Court court = new Court(folder).deny("in.ftpd: 192.0.2.7 203.0.113.1, 192.0.2.8\n" + list
                + "ALL: 224.0.0.1 : deny\nALL: 0.0.0.1\n");

        for (String refused : List.of("192.0.2.7", "203.0.113.1", "192.0.2.8", "10.0.0.0", "10.12.52.255", "224.0.0.1",
                "0.0.0.1")) {
            assertThat(court.grants("in.ftpd", refused)).as(refused).isFalse();
        }
        assertThat(court.grants("in.ftpd", "10.13.0.0")).isTrue();
        assertThat(court.grants("in.telnetd", "192.0.2.7")).isTrue();
        assertThat(court.findings).isEmpty();
    }

    @Test
    void aFileThatIsWrittenToAllTheTimeIsReadAsAWholeOrRefuses() throws Exception {
        Court court = new Court(folder).deny("ALL: 192.0.2.7\n");
        String padding = "# padding\n".repeat(100_000);
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        try {
            writer.scheduleWithFixedDelay(() -> court.deny("ALL: 192.0.2.7\n" + padding), 0, 1, TimeUnit.MICROSECONDS);
            for (int i = 0; i < 50; i++) {
                // Empty for a moment, as every file that is not renamed into its place; the beginning counts, and then
                // the end.
                court.grants("in.ftpd", CLIENT);
            }
        } finally {
            writer.shutdown();
            assertThat(writer.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(court.grants("in.ftpd", CLIENT)).isFalse();
    }

    @Nested
    class WhenNamesCannotBeLookedUp {

        @ParameterizedTest
        @CsvSource({
            "'ALL: .bad.example', false", "'ALL: PARANOID', false", "'ALL: KNOWN', false", "'ALL: LOCAL', false",
                    "'ALL: UNKNOWN', false",
            "'ALL: @trusted', false", "'ALL: bad*', false", "'in.telnetd: .bad.example', true",
                    "'ALL: 198.51.100.', true",
            "'ALL: .bad.example EXCEPT 192.0.2.7', true", "'ALL: .bad.example : allow', true",
                    "'ALL: joe@.bad.example', true"})
        void aLineThatDeniesByNameRefuses(String line, boolean granted) throws Exception {
            Court court = new Court(folder).deny(line + "\n").resolverDown();

            assertThat(court.grants("in.ftpd", CLIENT)).isEqualTo(granted);
        }

        @ParameterizedTest
        @CsvSource({"'ALL: .good.example', false", "'ALL: KNOWN', false", "'ALL: ALL EXCEPT .bad.example', false",
            "'ALL: UNKNOWN', true", "'ALL: .good.example 192.0.2.7', true", "'ALL: @trusted', false"})
        void aLineThatAdmitsByNameDoesNotAdmit(String line, boolean granted) throws Exception {
            Court court = new Court(folder).allow(line + "\n").deny("ALL: ALL\n").resolverDown();

            assertThat(court.grants("in.ftpd", CLIENT)).isEqualTo(granted);
        }

        @Test
        void whyAClientIsRefusedIsLoggedOnceAndThenCounted() throws Exception {
            Court court = new Court(folder).deny("\nALL: .bad.example\n").resolverDown();
            for (int i = 0; i < 10; i++) {
                court.grants("in.ftpd", CLIENT);
            }

            assertThat(court.loggers.lines().stream().map(Object::toString)
                    .filter(line -> line.contains("hosts.deny:2: warning: the name of 192.0.2.7 could not be"
                    + " looked up; connection refused"))).hasSize(2)
                            .anyMatch(line -> line.endsWith("(10 times so far)"));
        }
    }

    @Test
    void whatLibwrapSkipsIsAFindingOfLevelError() throws Exception {
        Court court = new Court(folder).deny("ALL: 10.0.0.1\n# " + "x".repeat(3000)
                + "\nALL: 10.0.0.0/33\nno separator\nALL: ALL");

        assertThat(court.grants("in.ftpd", CLIENT)).isTrue();
        assertThat(court.findings).extracting(Object::toString).containsExactly(
                "hosts.deny:2: error: missing newline or line too long; line skipped",
                "hosts.deny:3: error: bad net/mask expression: 10.0.0.0/33; it matches nothing",
                "hosts.deny:4: error: missing ':' separator; line skipped",
                "hosts.deny:5: error: missing newline or line too long; line skipped");
    }
}
