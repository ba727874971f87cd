package org.switchboard.deploy.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObstacleTest {

    @TempDir
    Path directory;

    @Test
    void aFileThatCanBeReadHasNoneAndOneThatIsGoneHasNone() throws IOException {
        assertThat(FileObstacle.of(Files.createFile(directory.resolve("a")))).isEmpty();
        assertThat(FileObstacle.of(directory.resolve("b"))).isEmpty();
        assertThat(FileObstacle.of(Files.createSymbolicLink(directory.resolve("c"), Path.of("a")))).isEmpty();
    }

    @Test
    void whatIsNoRegularFileIsSaid() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        assertThat(FileObstacle.of(fifo)).contains("a FIFO, and not a regular file");
        assertThat(FileObstacle.of(directory)).contains("a directory, and not a regular file");
        assertThat(FileObstacle.of(Path.of("/dev/null"))).contains("a device, and not a regular file");
        Path socket = directory.resolve("socket");
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket));
            assertThat(FileObstacle.of(socket)).contains("a socket, and not a regular file");
        }
    }

    @Test
    void aLinkToNothingAndALinkToItselfAreSaid() throws IOException {
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), Path.of("nothing"));
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));

        assertThat(FileObstacle.of(dangling)).contains("a symbolic link to a file that is not there");
        assertThat(FileObstacle.of(loop).orElseThrow()).startsWith("cannot be read: Too many levels of symbolic links");
    }
}
