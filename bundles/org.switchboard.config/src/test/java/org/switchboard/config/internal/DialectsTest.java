package org.switchboard.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.LogLevel;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.testkit.FakeLoggers;

/** Which dialect a file is read in. */
class DialectsTest {

    @TempDir
    Path folder;

    private final FakeLoggers loggers = new FakeLoggers();
    private final RecordingTable table = new RecordingTable();

    private FileSource source(String dialect, Path... files) {
        return new FileSource(new Settings(List.of(files), false).in(Optional.of(dialect), Defaults.NONE), loggers.logger());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aFileNamesItsDialectInTheFirstLine() {
        assertThat(Dialects.namedIn("# switchboard: dialect=netbsd\necho")).contains("netbsd");
        assertThat(Dialects.namedIn("\uFEFF#switchboard:dialect=gnu \r\necho")).contains("gnu");
        assertThat(Dialects.namedIn("# switchboard: dialect=gnu")).contains("gnu");
    }

    @Test
    void anyOtherLineNamesNone() {
        for (String text : List.of("", "#", "echo", "# dialect=gnu", "\n# switchboard: dialect=gnu", "# switchboard: gnu")) {
            assertThat(Dialects.namedIn(text)).as(text).isEmpty();
        }
    }

    @Test
    void eachFileIsReadInItsOwn() throws IOException {
        FileSource source = source("one", file("a", "echo"), file("b", "# switchboard: dialect=two\ntime"));
        source.table(table);
        source.addDialect("two", new WordDialect(Map.of("is", "two")));
        source.addDialect("one", new WordDialect(Map.of("is", "one")));

        assertThat(table.last).extracting(ServiceEntry::name, entry -> entry.options().get("is"))
                .containsExactly(org.assertj.core.groups.Tuple.tuple("echo", "one"), org.assertj.core.groups.Tuple.tuple("time", "two"));
    }

    @Test
    void aDialectThatComesLaterIsWaitedForByItsFilesOnly() throws IOException {
        Path late = file("b", "# switchboard: dialect=two\ntime");
        FileSource source = source("one", file("a", "echo"), late);
        source.table(table);
        source.addDialect("one", new WordDialect());
        assertThat(table.published).containsExactly(List.of("echo"));
        assertThat(loggers.messages(LogLevel.ERROR))
                .containsExactly(late + ": error: there is no dialect 'two' to read it in; nothing is taken from it");

        source.addDialect("two", new WordDialect());

        assertThat(table.published).containsExactly(List.of("echo"), List.of("echo", "time"));
    }

    @Test
    void aCheckMayNameAnother() throws IOException {
        Path file = file("a", "echo");
        FileSource source = source("one", file);
        source.addDialect("one", new WordDialect(Map.of("is", "one")));
        source.addDialect("two", new WordDialect(Map.of("is", "two")));

        assertThat(source.check(List.of(file), Optional.of("two")).entries().get(0).options()).containsEntry("is", "two");
        assertThat(source.check(List.of(file)).entries().get(0).options()).containsEntry("is", "one");
        assertThat(source.check(List.of(file), Optional.of("three")).findings()).extracting(Finding::message)
                .containsExactly("there is no dialect 'three' to read it in; nothing is taken from it");
    }
}
