package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LinuxUserFilesTest {

    @TempDir
    private Path home;
    private Path file;
    private LinuxUserFiles files;
    private int self;

    @BeforeEach
    void write() throws Exception {
        files = new LinuxUserFiles(Native.parts());
        self = LibC.geteuid();
        file = Files.writeString(home.resolve(".fakeid"), "somebody\n");
    }

    private Optional<String> head(Path path, int uid, int most) throws Exception {
        return files.head(path, uid, most).map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
    }

    @Test
    void theFirstBytesOfAnOwnFileAreRead() throws Exception {
        assertThat(head(file, self, 100)).contains("somebody\n");
        assertThat(head(file, self, 4)).contains("some");
    }

    @Test
    void aFileOfSomebodyElseIsNotRead() throws Exception {
        assertThat(head(file, self + 1, 100)).isEmpty();
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("link"), file);

        assertThat(head(link, self, 100)).isEmpty();
    }

    @Test
    void aDirectoryIsNotAFile() throws Exception {
        assertThat(head(home, self, 100)).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotRead() throws Exception {
        assertThat(head(home.resolve("nothing"), self, 100)).isEmpty();
    }

    @Test
    @Timeout(60)
    void aPipeThatNobodyWritesToHoldsNobodyUp() throws Exception {
        Path pipe = home.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        assertThat(head(pipe, self, 100)).isEmpty();
    }

    @Test
    void nothingStaysOpen() throws Exception {
        head(file, self, 100);
        int before = Native.openDescriptors();
        for (int i = 0; i < 100; i++) {
            head(file, self, 100);
            head(file, self + 1, 100);
        }

        assertThat(Native.openDescriptors()).isLessThan(before + 100);
    }
}
