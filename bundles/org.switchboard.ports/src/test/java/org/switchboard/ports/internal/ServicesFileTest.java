package org.switchboard.ports.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.LogLevel;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.testkit.FakeLoggers;

class ServicesFileTest {

    @TempDir
    Path folder;

    private final FakeLoggers loggers = new FakeLoggers();
    private final ServicesBlock block = new ServicesBlock("/state");
    private final AtomicInteger changes = new AtomicInteger();
    private Path path;
    private ServicesFile file;

    @BeforeEach
    void nameTheFile() {
        path = folder.resolve("services");
        file = new ServicesFile(path, block, changes::incrementAndGet, loggers.logger());
    }

    private boolean knows(String name) {
        return file.content().names().named(name, Transport.TCP).isPresent();
    }

    @Test
    void aMissingFileKnowsNothingAndIsNoError() {
        assertThat(knows("echo")).isFalse();
        assertThat(loggers.lines()).isEmpty();
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        Files.writeString(path, "one 1001/tcp\n");
        assertThat(knows("one")).isTrue();
        assertThat(changes).hasValue(0);

        Files.writeString(path, "another 1002/tcp\n");

        assertThat(knows("one")).isFalse();
        assertThat(knows("another")).isTrue();
        assertThat(changes).hasValue(1);
    }

    @Test
    void aFileThatComesLaterIsRead() throws IOException {
        knows("one");
        Files.writeString(path, "one 1001/tcp\n");

        assertThat(knows("one")).isTrue();
    }

    @Test
    @Timeout(30)
    void aFifoInItsPlaceHoldsUpNobodyAndTheFileCountsWhenItIsBack() throws Exception {
        new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
        assertThat(knows("one")).isFalse();
        assertThat(loggers.messages(LogLevel.WARN)).singleElement().asString().contains("not a regular file");

        Files.delete(path);
        Files.writeString(path, "one 1001/tcp\n");
        assertThat(knows("one")).isTrue();
    }

    @Test
    void anUnreadableFileKeepsTheNamesAndIsSaidOnce() throws IOException {
        Files.writeString(path, "one 1001/tcp\n");
        knows("one");
        Files.writeString(path, "x".repeat(ServicesFile.MAX_BYTES + 1));

        assertThat(knows("one")).isTrue();
        assertThat(knows("one")).isTrue();
        assertThat(loggers.messages(LogLevel.WARN)).containsExactly(
                path + " cannot be read: larger than 4194304 bytes; keeping the names known so far");
    }

    @Test
    void whatThisServerWroteItselfIsNotAName() throws IOException {
        Files.writeString(path, block.in("one 1001/tcp\n", List.of("mine 1002/tcp")));

        assertThat(knows("one")).isTrue();
        assertThat(knows("mine")).isFalse();
    }
}
