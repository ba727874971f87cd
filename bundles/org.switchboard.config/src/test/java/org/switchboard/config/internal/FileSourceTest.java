package org.switchboard.config.internal;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.LogLevel;
import org.switchboard.api.config.ConfigurationCheck.Result;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.entry.Finding;
import org.switchboard.testkit.FakeLoggers;

class FileSourceTest {

    @TempDir
    Path folder;

    private final FakeLoggers loggers = new FakeLoggers();
    private final RecordingTable table = new RecordingTable();
    private Path conf;

    @BeforeEach
    void nameTheFile() {
        conf = folder.resolve("inetd.conf");
    }

    private FileSource source(boolean strict, Path... operands) {
        return new FileSource(new Settings(List.of(operands), strict), loggers.logger());
    }

    private FileSource started(boolean strict, Path... operands) {
        FileSource source = source(strict, operands);
        source.addDialect(Settings.DIALECT, new WordDialect());
        source.table(table);
        return source;
    }

    private static void write(Path file, String... lines) throws IOException {
        Files.writeString(file, Arrays.stream(lines).collect(joining("\n")));
    }

    private List<String> errors() {
        return loggers.messages(LogLevel.ERROR);
    }

    private List<String> texts(List<Finding> findings) {
        return findings.stream().map(finding -> finding.toString().replace(folder + "/", "")).toList();
    }

    @Nested
    class AtTheStart {

        @Test
        void filesArePublishedOnceWhenTableAndDialectAreThere() throws IOException {
            write(conf, "echo", "time");
            FileSource source = source(false, conf);
            source.table(table);
            assertThat(table.published).isEmpty();

            source.addDialect(Settings.DIALECT, new WordDialect());
            source.addDialect("another", new WordDialect());

            assertThat(table.published).containsExactly(List.of("echo", "time"));
        }

        @Test
        void theDialectMayComeBeforeTheTable() throws IOException {
            write(conf, "echo");
            started(false, conf);

            assertThat(table.published).containsExactly(List.of("echo"));
        }

        @Test
        void nothingIsReadWithoutAFile() {
            started(false);

            assertThat(table.published).isEmpty();
        }

        @Test
        void whatTheTableFindsIsLeftToTheTableToLog() throws IOException {
            write(conf, "echo");
            started(false, conf);

            assertThat(errors()).isEmpty();
            assertThat(loggers.messages(LogLevel.INFO)).containsExactly(
                    conf + ": read in the dialect 'switchboard', since it names no other",
                    "files: opened=1 kept=0 updated=0 closed=0 failed=0");
        }

        @Test
        void aMissingFileIsAFindingAndTheOthersAreRead() throws IOException {
            write(conf, "echo");
            started(false, folder.resolve("missing"), conf);

            assertThat(table.published).containsExactly(List.of("echo"));
            assertThat(errors()).containsExactly(
                    folder + "/missing: error: the file does not exist; nothing is taken from it");
        }

        @Test
        void findingsAreLoggedAsErrorsAndWarnings() throws IOException {
            write(conf, "bad", "odd", "echo");
            started(false, conf);

            assertThat(errors()).containsExactly(conf + ":1: error: a bad line; entry skipped");
            assertThat(loggers.messages(LogLevel.WARN)).containsExactly(conf + ":2: warning: an odd line");
        }
    }

    @Nested
    class Reloading {

        @Test
        void publishesWhatTheFilesSayNow() throws IOException {
            write(conf, "echo");
            FileSource source = started(false, conf);
            write(conf, "time", "odd");

            ReloadReport report = source.reload();

            assertThat(table.published).last().isEqualTo(List.of("time"));
            assertThat(report.opened()).isEqualTo(1);
            assertThat(texts(report.findings())).containsExactly("inetd.conf:2: warning: an odd line",
                    RecordingTable.FINDING.toString());
        }

        @Test
        void aFileThatIsGoneKeepsItsPreviousEntriesAndOthersChange() throws IOException {
            Path other = folder.resolve("other");
            write(conf, "echo");
            write(other, "time");
            FileSource source = started(false, conf, other);
            Files.delete(conf);
            write(other, "daytime");

            ReloadReport report = source.reload();

            assertThat(table.published).last().isEqualTo(List.of("echo", "daytime"));
            assertThat(texts(report.findings())).contains(
                    "inetd.conf: error: the file does not exist; keeping its previous entries");
        }

        @Test
        void aDialectThatIsGoneOrFailsKeepsThePreviousEntries() throws IOException {
            write(conf, "echo");
            WordDialect dialect = new WordDialect();
            FileSource source = source(false, conf);
            source.table(table);
            source.addDialect(Settings.DIALECT, dialect);
            write(conf, "crash");
            source.reload();
            source.removeDialect(dialect);
            source.reload();

            assertThat(table.published).containsExactly(List.of("echo"), List.of("echo"), List.of("echo"));
            assertThat(errors()).containsExactly(
                    conf + ": error: dialect 'switchboard' failed: java.lang.IllegalStateException: defect;"
                            + " keeping its previous entries",
                    conf + ": error: there is no dialect 'switchboard' to read it in; keeping its previous entries");
        }

        @Test
        void aNewTableGetsWhatWasReadAndNotWhatTheFileSaysNow() throws IOException {
            write(conf, "echo");
            FileSource source = started(false, conf);
            write(conf, "time");
            source.tableGone(table);
            RecordingTable next = new RecordingTable();
            source.table(next);

            assertThat(next.published).containsExactly(List.of("echo"));
        }

        @Test
        void otherFilesInTheSettingsAreReadAtOnce() throws IOException {
            Path other = folder.resolve("other");
            write(conf, "echo");
            write(other, "time");
            FileSource source = started(false, conf);
            source.settings(new Settings(List.of(other), false));

            assertThat(table.published).containsExactly(List.of("echo"), List.of("time"));
        }

        @Test
        void whatWasReadStaysWhenTheBundleStopsForItsNextVersion() throws IOException {
            write(conf, "echo");
            started(false, conf).close();

            assertThat(table.published).containsExactly(List.of("echo"), List.of("left"));
        }
    }

    @Nested
    class Strict {

        @Test
        void oneErrorKeepsTheWholePreviousConfiguration() throws IOException {
            write(conf, "echo");
            FileSource source = started(true, conf);
            write(conf, "time", "bad");

            ReloadReport report = source.reload();

            assertThat(table.published).containsExactly(List.of("echo"));
            assertThat(report.kept()).isEqualTo(1);
            assertThat(texts(report.findings())).containsExactly("inetd.conf:2: error: a bad line; entry skipped",
                    "files: error: there are errors and 'strict' is set; keeping the previous configuration");
        }

        @Test
        void anObjectionOfTheExaminerCountsToo() throws IOException {
            write(conf, "echo");
            FileSource source = started(true, conf);
            write(conf, "time");
            source.examiner(entries -> List.of(Finding.error(entries.get(0).origin(), "unknown service")));
            source.reload();

            assertThat(table.published).containsExactly(List.of("echo"));
        }

        @Test
        void aWarningDoesNotCount() throws IOException {
            write(conf, "odd", "echo");
            started(true, conf);

            assertThat(table.published).containsExactly(List.of("echo"));
        }
    }

    @Nested
    class Reading {

        @Test
        void theFilesOfADirectoryAreReadInOrderAndLeftOversAreNot() throws IOException {
            Path directory = Files.createDirectory(folder.resolve("inetd.d"));
            write(directory.resolve("20-b"), "b");
            write(directory.resolve("10-a"), "a");
            for (String leftOver : List.of("10-a~", ".hidden", "x.bak", "x.dpkg-dist", "x.rpmsave", "#x#", "x.swp")) {
                write(directory.resolve(leftOver), "left-over");
            }
            Files.createDirectory(directory.resolve("sub"));
            started(false, directory);

            assertThat(table.published).containsExactly(List.of("a", "b"));
            assertThat(errors()).isEmpty();
        }

        @Test
        void aDirectoryThatIsGoneKeepsTheEntriesOfItsFiles() throws IOException {
            Path directory = Files.createDirectory(folder.resolve("inetd.d"));
            write(directory.resolve("a"), "a");
            FileSource source = started(false, directory);
            Files.delete(directory.resolve("a"));
            Files.delete(directory);
            source.reload();

            assertThat(table.published).last().isEqualTo(List.of("a"));
        }

        @Test
        void aFileRemovedFromADirectoryTakesItsEntriesAlong() throws IOException {
            Path directory = Files.createDirectory(folder.resolve("inetd.d"));
            write(directory.resolve("a"), "a");
            write(directory.resolve("b"), "b");
            FileSource source = started(false, directory);
            Files.delete(directory.resolve("a"));
            source.reload();

            assertThat(table.published).last().isEqualTo(List.of("b"));
        }

        @Test
        void theLastOfSeveralEntriesWithOneIdCounts() throws IOException {
            Path other = folder.resolve("other");
            write(conf, "echo", "time", "echo");
            write(other, "time");
            started(false, conf, other);

            assertThat(table.published).containsExactly(List.of("echo", "time"));
            assertThat(loggers.messages(LogLevel.WARN)).containsExactly(
                    conf + ":1: warning: 'echo/tcp' is there again at " + conf + ":3, and the last one counts; entry skipped",
                    conf + ":2: warning: 'time/tcp' is there again at " + other + ":1, and the last one counts; entry skipped");
        }

        @Test
        void whatIsNoRegularFileOrTooLargeIsNotRead() throws IOException {
            write(conf, "x".repeat(TextFile.MAX_BYTES + 1));
            started(false, Path.of("/dev/zero"), conf);

            assertThat(table.published).containsExactly(List.of());
            assertThat(errors()).containsExactly(
                    "/dev/zero: error: the file is not a regular file; nothing is taken from it",
                    conf + ": error: the file is larger than 4194304 bytes; nothing is taken from it");
        }

        @Test
        void aFileThatWeMayNotReadIsSaid() throws IOException {
            write(conf, "echo");
            Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("---------"));
            assumeFalse(Files.isReadable(conf), "this user may read every file");
            started(false, conf);

            assertThat(errors()).containsExactly(conf + ": error: the file may not be read by this user; nothing is taken from it");
        }

        @Test
        void bytesThatAreNotUtf8StayAndAreAWarning() throws IOException {
            Files.write(conf, "echo\ncaf\u00e9\u00ff".getBytes(StandardCharsets.ISO_8859_1));
            started(false, conf);

            assertThat(table.published).containsExactly(List.of("echo", "caf\uDCE9\uDCFF"));
            assertThat(loggers.messages(LogLevel.WARN)).containsExactly(conf + ":2: warning: bytes that are "
                    + "not UTF-8, here and maybe below: \\xe9 \\xff; programs and file names get them as they are");
        }

        @Test
        void aFloodOfFindingsIsCutAndCounted() throws IOException {
            write(conf, IntStream.range(0, FileReading.MAX_FINDINGS_PER_FILE + 5).mapToObj(i -> "bad").toArray(String[]::new));
            started(false, conf);

            assertThat(errors()).hasSize(FileReading.MAX_FINDINGS_PER_FILE + 1)
                    .last().asString().contains("and 5 more findings");
        }
    }

    @Nested
    class Checking {

        @Test
        void aFileThatOthersMayWriteIsAWarningForRootAlone() throws IOException {
            write(conf, "echo");
            Path open = folder.resolve("open.conf");
            write(open, "time");
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
            boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);

            Result result = started(false).check(List.of(conf, open));

            assertThat(texts(result.findings())).isEqualTo(root
                    ? List.of("open.conf: warning: the file can be written by every user,"
                    + " who gets the rights of root by that") : List.of());
        }

        @Test
        void saysEverythingAndPublishesNothing() throws IOException {
            write(conf, "echo", "bad", "time");
            FileSource source = source(false, folder.resolve("configured"));
            source.addDialect(Settings.DIALECT, new WordDialect());
            source.examiner(entries -> List.of(Finding.warning(entries.get(0).origin(), "an objection")));

            Result result = source.check(List.of(conf));

            assertThat(result.readable()).isTrue();
            assertThat(result.entries()).hasSize(2);
            assertThat(texts(result.findings())).containsExactly("inetd.conf:1: warning: an objection",
                    "inetd.conf:2: error: a bad line; entry skipped");
            assertThat(table.published).isEmpty();
        }

        @Test
        void withoutFilesChecksTheConfiguredOnes() throws IOException {
            write(conf, "echo");
            FileSource source = source(false, conf);
            source.addDialect(Settings.DIALECT, new WordDialect());

            assertThat(source.check(List.of()).entries()).hasSize(1);
        }

        @Test
        void saysThatAFileCannotBeRead() {
            FileSource source = source(false, conf);
            source.addDialect(Settings.DIALECT, new WordDialect());

            Result result = source.check(List.of());

            assertThat(result.readable()).isFalse();
            assertThat(texts(result.findings())).containsExactly(
                    "inetd.conf: error: the file does not exist; nothing is taken from it");
        }

        @Test
        void doesNotTouchWhatIsLoaded() throws IOException {
            write(conf, "echo");
            FileSource source = started(false, conf);
            Files.delete(conf);

            assertThat(source.check(List.of()).entries()).isEmpty();
            assertThat(source.reload().opened()).isEqualTo(1);
        }
    }
}
