package org.switchboard.provider.exec.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.posix.Account;

class ProgramFilesTest {

    /** No file belongs to that user or group. */
    private static final Account STRANGER = new Account("stranger", 64999, 64999, List.of(), "/", "/bin/false");

    @TempDir
    private Path directory;
    private Path first;
    private Path second;
    private ProgramFiles files;

    @BeforeEach
    void twoDirectoriesInPath() throws IOException {
        first = Files.createDirectory(directory.resolve("first"));
        second = Files.createDirectory(directory.resolve("second"));
        files = ProgramFiles.of(directory.toString(), Map.of("PATH", first + "::.:second:" + second));
    }

    private static Path program(Path file, String permissions) throws IOException {
        return Files.setPosixFilePermissions(Files.createFile(file), PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aNameIsTheFirstFileInPath() throws IOException {
        program(second.resolve("cat"), "rwxr-xr-x");
        assertThat(files.executable("cat", Optional.empty())).isEqualTo(second + "/cat");

        program(first.resolve("cat"), "rwxr-xr-x");
        assertThat(files.executable("cat", Optional.empty())).isEqualTo(first + "/cat");
    }

    @Test
    void aFileThatTheUserMayNotExecuteIsPassedOver() throws IOException {
        program(first.resolve("cat"), "rwxr--r--");
        program(second.resolve("cat"), "rwxr-xr-x");

        assertThat(files.executable("cat", Optional.of(STRANGER))).isEqualTo(second + "/cat");
    }

    @Test
    void aDirectoryAndAFileThatNobodyMayExecuteArePassedOver() throws IOException {
        Files.createDirectory(first.resolve("cat"));
        program(second.resolve("cat"), "rw-r--r--");

        assertThat(files.obstacle("cat", Optional.empty())).contains("cat: No such program in PATH, " + first + ":" + second);
        assertThatThrownBy(() -> files.executable("cat", Optional.empty())).isInstanceOf(IOException.class)
                .hasMessageStartingWith("cat: No such program in PATH");
    }

    @Test
    void theWorkingDirectoryIsNoPartOfPath() throws IOException {
        program(directory.resolve("probe"), "rwxr-xr-x");

        assertThat(files.obstacle("probe", Optional.empty())).isPresent();
        assertThat(files.obstacle("./probe", Optional.empty())).isEmpty();
        assertThat(files.executable("./probe", Optional.empty())).isEqualTo("./probe");
    }

    @Test
    void withoutPathItIsThatOfTheSystem() {
        assertThat(ProgramFiles.of("/", Map.of()).path()).containsExactly("/bin", "/usr/bin");
    }
}
