package org.switchboard.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.api.config.ConfigurationConversion.Converted;
import org.switchboard.api.entry.Finding;
import org.switchboard.testkit.FakeLoggers;

/** A file that is written anew: what goes where. */
class ConversionTest {

    @TempDir
    Path folder;

    private final FileSource source = new FileSource(new Settings(java.util.List.of(), false), new FakeLoggers().logger());

    @BeforeEach
    void twoDialects() {
        source.addDialect(Settings.DIALECT, new WordDialect());
        source.addDialect("other", new WordDialect(Map.of("is", "other")));
    }

    private Converted convert(String form, String text) throws IOException {
        return source.convert(Files.writeString(folder.resolve("x"), text), Optional.of("other"), form);
    }

    private static String after(String... lines) {
        return "# switchboard: dialect=switchboard\n# convert: from the dialect 'other', as told\n" + String.join("\n", lines) + "\n";
    }

    @Test
    void commentsAndEmptyLinesStayWhereTheyAre() throws IOException {
        assertThat(convert("long", "# one\n\necho\n  # indented\ntime\n#last").text())
                .isEqualTo(after("# one", "", "ECHO", "# indented", "TIME", "#last"));
    }

    @Test
    void whatContinuesAnEntryGoesWithItAndItsCommentStays() throws IOException {
        assertThat(convert("long", "echo\n   more words # why\ntime\n").text()).isEqualTo(after("ECHO", "# why", "TIME"));
    }

    @Test
    void whatIsLostIsSaidThere() throws IOException {
        Converted converted = convert("short", "echo\ntime\n");

        assertThat(converted.text()).isEqualTo(after(
                "# convert: 'echo/tcp': options {is=other} have no place in the form 'short'; lost", "ECHO",
                "# convert: 'time/tcp': options {is=other} have no place in the form 'short'; lost", "TIME"));
        assertThat(converted.findings()).extracting(Finding::severity).containsOnly(Finding.Severity.ERROR).hasSize(2);
    }

    @Test
    void whatCannotBeReadOrWrittenBecomesAComment() throws IOException {
        assertThat(convert("long", "bad\n  of it\n?x\nodd\ntime\n").text()).isEqualTo(after(
                "# convert: error: a bad line; entry skipped", "# bad", "# of it",
                "# convert: '?x/tcp': this entry cannot be written in the form 'long'; lost", "# ?x",
                "# convert: warning: an odd line", "# odd", "TIME"));
    }

    @Test
    void whatIsIncludedIsLeftAlone() throws IOException {
        assertThat(convert("long", "<more\necho\n").text())
                .isEqualTo(after("# convert: what is included here is to be converted on its own", "<more", "ECHO"));
    }

    @Test
    void theFileMayNameItsDialect() throws IOException {
        Path file = Files.writeString(folder.resolve("x"), "# switchboard: dialect=other\necho\n");

        assertThat(source.convert(file, Optional.empty(), "short").text()).isEqualTo(after(
                "# convert: 'echo/tcp': options {is=other} have no place in the form 'short'; lost", "ECHO")
                .replace("as told", "which its first line names"));
    }

    @Test
    void withoutFileDialectOrFormThereIsNothing() throws IOException {
        assertThat(source.convert(folder.resolve("none"), Optional.empty(), "long").findings().get(0).message())
                .isEqualTo("the file does not exist; not converted");
        assertThat(convert("tall", "echo").findings().get(0).message())
                .isEqualTo("entries cannot be written in the form 'tall'; not converted");
        Converted unknown = source.convert(folder.resolve("x"), Optional.of("third"), "long");
        assertThat(unknown.readable()).isFalse();
        assertThat(unknown.findings().get(0).message()).isEqualTo("there is no dialect 'third'; not converted");
    }
}
