package org.switchboard.itests.programs.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

class UnixSocketIT {

    @Test
    void providersAndProgramsAnswerAndThePathGoesWithTheServer() throws Exception {
        try (Workspace files = Workspace.create()) {
            Path echo = files.resolve("echo.sock");
            Path cat = files.resolve("cat.sock");
            try (RunningServer server = RunningServer.start(
                    echo + " stream unix nowait - internal echo",
                    cat + " stream unix nowait - /bin/cat cat")) {
                assertThat(talk(echo, "to a provider")).as("log:%n%s", server.log()).isEqualTo("to a provider");
                assertThat(talk(cat, "to a program")).isEqualTo("to a program");
                assertThat(server.terminate()).isZero();
            }
            assertThat(echo).doesNotExist();
            assertThat(cat).doesNotExist();
        }
    }

    @Test
    void aPathIsForWhomItsEntrySays() throws Exception {
        try (Workspace files = Workspace.create()) {
            Path path = files.resolve("echo.sock");
            try (RunningServer server = RunningServer.start(
                    path + " on protocol = unix, socktype = stream, exec = internal, args = echo, user = -, socket_mode = 0600;")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).as("log:%n%s", server.log())
                        .isEqualTo("rw-------");
                assertThat(talk(path, "to ourselves")).isEqualTo("to ourselves");
            }
        }
    }

    private static String talk(Path path, String text) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.shutdownOutput();
            ByteBuffer answer = ByteBuffer.allocate(1024);
            while (channel.read(answer) >= 0) {
                assertThat(answer.hasRemaining()).isTrue();
            }
            return StandardCharsets.US_ASCII.decode(answer.flip()).toString();
        }
    }
}
