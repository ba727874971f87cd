package org.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCopyTest {

    private static final Duration YESTERDAY = Duration.ofDays(1);

    @TempDir
    Path state;

    private Path own = Path.of("");

    @BeforeEach
    void create() throws IOException {
        own = copy("program-1-1", YESTERDAY);
    }

    private Path copy(String name, Duration age) throws IOException {
        Path copy = Files.createDirectory(state.resolve(name));
        Files.createDirectory(copy.resolve("lib"));
        Files.createFile(copy.resolve("lib/launcher.jar"));
        FileTime chosen = FileTime.from(Instant.now().minus(age));
        Files.setLastModifiedTime(Files.createFile(copy.resolve("lock")), chosen);
        Files.setLastModifiedTime(copy, FileTime.from(Instant.now().minus(YESTERDAY)));
        return copy;
    }

    private void removeOthers() throws LaunchException {
        ProgramCopy.hold(Optional.of(own)).orElseThrow().removeOthers();
    }

    @Test
    void removesThoseThatNoServerUses() throws Exception {
        Path old = copy("program-2-2", YESTERDAY);
        Path unfinished = copy("program.AbCdEf", YESTERDAY);
        Files.delete(unfinished.resolve("lock"));
        Files.setLastModifiedTime(unfinished, FileTime.from(Instant.now().minus(YESTERDAY)));

        removeOthers();

        assertThat(old).doesNotExist();
        assertThat(unfinished).doesNotExist();
        assertThat(own.resolve("lib/launcher.jar")).exists();
    }

    @Test
    void leavesOneAloneWhoseServerIsAboutToStart() throws Exception {
        Path chosen = copy("program-2-2", Duration.ZERO);

        removeOthers();

        assertThat(chosen.resolve("lib/launcher.jar")).exists();
    }

    @Test
    void leavesAloneWhatIsNoCopy() throws Exception {
        Path other = copy("programs", YESTERDAY);
        Path elsewhere = Files.createDirectory(state.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(state.resolve("program-3-3"), elsewhere);

        removeOthers();

        assertThat(other).exists();
        assertThat(link).exists();
    }

    @Test
    void withoutACopyThereIsNothingToHold() throws Exception {
        assertThat(ProgramCopy.hold(Optional.empty())).isEmpty();
        assertThatThrownBy(() -> ProgramCopy.hold(Optional.of(state.resolve("program-9-9"))))
                .isInstanceOf(LaunchException.class);
    }
}
