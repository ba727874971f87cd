package org.switchboard.control.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlSocketTest {

    @TempDir
    private Path directory;

    private Path path() {
        return directory.resolve(ControlSocket.NAME);
    }

    private boolean accepts() throws IOException {
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return client.connect(UnixDomainSocketAddress.of(path()));
        }
    }

    @Test
    void letsNobodyElseIn() throws Exception {
        try (ControlSocket socket = ControlSocket.open(directory)) {
            assertThat(accepts()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.path()))).isEqualTo("rw-------");
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        ControlSocket.open(directory).close();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void makesAMissingDirectoryForItsUserAlone() throws Exception {
        Path missing = directory.resolve("a/b");
        try (ControlSocket socket = ControlSocket.open(missing)) {
            assertThat(socket.path()).exists();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(missing))).isEqualTo("rwx------");
        }
    }

    @Test
    void replacesTheSocketOfADeadServer() throws Exception {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(path()));
        }
        assertThat(path()).exists();
        try (ControlSocket socket = ControlSocket.open(directory)) {
            assertThat(socket.isOpen()).isTrue();
            assertThat(accepts()).isTrue();
        }
    }

    @Test
    void doesNotStealTheSocketOfALivingServer() throws Exception {
        try (ControlSocket first = ControlSocket.open(directory)) {
            assertThatThrownBy(() -> ControlSocket.open(directory)).hasMessage("another server answers on " + path());
            assertThat(first.isOpen()).isTrue();
            assertThat(accepts()).isTrue();
        }
    }

    @Test
    void doesNotRemoveASocketThatIsAnothersByNow() throws Exception {
        ControlSocket old = ControlSocket.open(directory);
        Files.delete(path());
        Path other = Files.createFile(path());
        old.close();
        assertThat(other).exists();
    }

    @Test
    void saysWhatIsWrongWithAPathThatIsTooLong() {
        Path deep = directory.resolve("x".repeat(120));
        assertThatThrownBy(() -> ControlSocket.open(deep)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot open " + deep.resolve(ControlSocket.NAME)).hasMessageContaining("too long");
    }
}
