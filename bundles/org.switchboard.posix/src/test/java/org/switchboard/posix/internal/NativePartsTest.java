package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.posix.PosixUnavailableException;

@EnabledOnOs(OS.LINUX)
class NativePartsTest {

    @TempDir
    private Path directory;

    @Test
    void theSpawnerIsUnpackedWhereOnlyWeMayLook() throws Exception {
        Path own = directory.resolve("state/native");

        Path spawner = new NativeParts(Optional.empty(), Optional.of(own)).spawner();

        assertThat(spawner).isEqualTo(own.resolve("switchboard-spawner")).isExecutable();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spawner))).isEqualTo("rwx------");
    }

    @Test
    void anAlteredSpawnerIsReplaced() throws Exception {
        NativeParts parts = new NativeParts(Optional.empty(), Optional.of(directory));
        byte[] right = Files.readAllBytes(parts.spawner());
        Files.write(directory.resolve("switchboard-spawner"), new byte[] {1, 2, 3});

        assertThat(parts.spawner()).hasBinaryContent(right);
    }

    @Test
    void aSpawnerThatIsThereReadyIsUsed() throws Exception {
        Path ready = Files.createDirectory(directory.resolve("ready"));
        Path spawner = new NativeParts(Optional.empty(), Optional.of(directory.resolve("state"))).spawner();
        Files.copy(spawner, ready.resolve("switchboard-spawner"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(new NativeParts(Optional.of(ready), Optional.of(directory.resolve("other"))).spawner())
                .isEqualTo(ready.resolve("switchboard-spawner"));
    }

    @Test
    void aLinkIsNotFollowedToUnpackInto() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);

        assertThatThrownBy(() -> new NativeParts(Optional.empty(), Optional.of(link)).spawner())
                .isInstanceOf(PosixUnavailableException.class).hasMessageContaining("is not a directory of the user");
    }
}
