package org.switchboard.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.api.entry.Finding;
import org.switchboard.testkit.FakeLoggers;

/** What becomes of files that files include. */
class IncludedFilesTest {

    @TempDir
    Path folder;

    private final RecordingTable table = new RecordingTable();
    private FileSource source;

    @BeforeEach
    void theFirstFile() {
        source = new FileSource(new Settings(List.of(folder.resolve("first")), false), new FakeLoggers().logger());
        source.addDialect(Settings.DIALECT, new WordDialect());
    }

    private void file(String name, String... lines) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.write(folder.resolve(name), List.of(lines));
    }

    private List<String> findings() {
        return source.reload().findings().stream().filter(finding -> finding != RecordingTable.FINDING)
                .map(finding -> finding.toString().replace(folder + "/", "")).toList();
    }

    private List<String> entries() {
        return table.last.stream().map(entry -> entry.origin().toString().replace(folder + "/", "") + " " + entry.name()).toList();
    }

    @Test
    void namesStartAtTheDirectoryOfTheIncludingFile() throws IOException {
        file("first", "echo", "<more/second", "time");
        file("more/second", "<third");
        file("more/third", "discard");
        source.table(table);

        assertThat(entries()).containsExactly("first:1 echo", "more/third:1 discard", "first:3 time");
    }

    @Test
    void aPatternMeansTheFilesInTheOrderOfTheirNamesWithoutLeftovers() throws IOException {
        file("first", "<d/*.conf", "<d/none*", "<nowhere/*");
        file("d/b.conf", "b");
        file("d/a.conf", "a");
        file("d/.hidden.conf", "hidden");
        file("d/c.conf~", "c");
        file("d/sub.conf/x", "sub");
        source.table(table);

        assertThat(findings()).isEmpty();
        assertThat(entries()).containsExactly("d/a.conf:1 a", "d/b.conf:1 b");
    }

    @Test
    void aFileThatIncludesItselfIsReadOnce() throws IOException {
        file("first", "echo", "<second");
        file("second", "time", "<first", "<second");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("first"));
        Files.write(folder.resolve("second"), List.of("<link"), java.nio.file.StandardOpenOption.APPEND);
        source.table(table);

        assertThat(findings()).hasSize(3).allMatch(finding -> finding.contains("is being read already"));
        assertThat(findings().get(0)).startsWith("second:2: error: 'first' is being read already");
        assertThat(entries()).containsExactly("first:1 echo", "second:1 time");
    }

    @Test
    void twoFilesMayIncludeAThird() throws IOException {
        file("first", "<a", "<b");
        file("a", "<common");
        file("b", "<common");
        file("common", "#");
        source.table(table);

        assertThat(findings()).isEmpty();
    }

    @Test
    void howMuchIsIncludedIsBounded() throws IOException {
        file("first", "<0", "<0");
        for (int i = 0; i < 12; i++) {
            file(Integer.toString(i), "<" + (i + 1), "<" + (i + 1));
        }
        file("12", "#");
        source.table(table);

        assertThat(findings()).isNotEmpty().first().asString().contains("more than 1000 files");
    }

    @Test
    void aFileThatCannotBeReadAnyMoreKeepsWhatItSaid() throws IOException {
        file("first", "echo", "<second");
        file("second", "time");
        source.table(table);
        Files.delete(folder.resolve("second"));

        assertThat(findings()).containsExactly(
                "first:2: error: 'second' is not included: the file does not exist; what it said before is kept");
        assertThat(entries()).containsExactly("first:1 echo", "second:1 time");
    }

    @Test
    void soDoTheFilesThatItIncluded() throws IOException {
        file("first", "echo", "<second");
        file("second", "<third");
        file("third", "time");
        source.table(table);
        Files.delete(folder.resolve("second"));

        for (int reload = 0; reload < 3; reload++) {
            source.reload();
            assertThat(entries()).containsExactly("first:1 echo", "third:1 time");
        }
        file("second", "# nothing any more");
        source.reload();
        assertThat(entries()).containsExactly("first:1 echo");
    }

    @Test
    void aCheckSaysThatSomethingCouldNotBeRead() throws IOException {
        file("first", "<second");

        assertThat(source.check(List.of()).readable()).isFalse();
    }

    @Test
    void anotherDialectInAnIncludedFileIsWarnedOf() throws IOException {
        file("first", "<second");
        file("second", "# switchboard: dialect=gnu", "echo");
        source.table(table);

        assertThat(findings()).singleElement().asString().startsWith("second:1: warning: an included file is read in");
        assertThat(entries()).containsExactly("second:2 echo");
    }

    @Test
    void aNameThatIsNoneIsAFinding() throws IOException {
        file("first", "<a\0b");
        source.table(table);

        assertThat(findings()).singleElement().asString().contains("is not the name of a file").doesNotContain("\0");
    }

    @Test
    void findingsOfIncludedFilesNameThem() throws IOException {
        file("first", "<second");
        file("second", "echo", "bad");
        source.table(table);

        assertThat(source.reload().findings()).extracting(Finding::origin).extracting(Object::toString)
                .contains(folder + "/second:2");
    }
}
