package org.switchboard.itests.programs.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.Distribution;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/** Bytes of a configuration file, in UTF-8 or not, reach programs and name files as they are, in every locale of the server. */
class BytesOfNamesIT {

    /** What a name with the byte E9 could be mistaken for, and one that is UTF-8. */
    private static final List<String> NAMES = List.of("caf%E9", "caf%C3%A9", "caf%EF%BF%BD", "caf%3F", "caf", "caf%5Cxe9");

    /** Each of the programs says which file it is. */
    private static void programs(Workspace workspace) throws IOException {
        for (String name : NAMES) {
            Path program = file(workspace, name);
            Files.writeString(program, "#!/bin/sh\nprintf '%s ' '" + name + "'\nprintf '%s' \"$1\" | od -An -v -tx1\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** By its bytes, whatever the locale of this test is. */
    private static Path file(Workspace workspace, String encoded) {
        return Path.of(URI.create("file://" + workspace.path() + "/" + encoded));
    }

    /** Each character is one byte. */
    private static void write(Path file, String... lines) throws IOException {
        Files.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String read(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String line(int port, String program) {
        return "127.0.0.1:" + port + " stream tcp nowait - " + program;
    }

    @ParameterizedTest
    @ValueSource(strings = {"LC_ALL=C", "LC_ALL=POSIX", "LC_ALL=C.UTF-8"})
    void thatFileRunsWithThoseArgumentsAndNoOther(String locale) throws Exception {
        int latin = FreePorts.next();
        int utf8 = FreePorts.next();
        int included = FreePorts.next();
        int escaped = FreePorts.next();
        try (RunningServer server = RunningServer.startUnder(List.of("/usr/bin/env", "-u", "LANG", locale), List.of())) {
            Workspace workspace = server.workspace();
            programs(workspace);
            String folder = workspace.path().toString();
            Files.createDirectory(file(workspace, "d%E9"));
            write(workspace.resolve("inetd.conf"), line(latin, folder + "/caf\u00e9 caf\u00e9 \"caf\u00e9 \u00ff\""),
                    line(utf8, folder + "/caf\u00c3\u00a9 x \u00c3\u00a9"), folder + "/s\u00e9 stream unix nowait - /bin/echo echo socket",
                    "127.0.0.1:" + escaped + " on protocol = tcp4, wait = no, user = -, exec = /bin/sh, "
                            + "args = sh -c 'printf %s \"$A\" | od -An -v -tx1', env = \"A=\\xe9\\xc3\\xa9\";",
                    ".include \"d\u00e9/*.conf\"");
            write(file(workspace, "d%E9/a%E9.conf"), line(included, folder + "/caf\u00e9 x \u00e9"));

            String report = server.ask("reload").output();

            assertThat(report).contains("inetd.conf:1: warning", "\\xe9 \\xff").doesNotContain("error", "?", "\uFFFD");
            assertThat(Client.talk(latin, "")).as(report).isEqualTo("caf%E9  63 61 66 e9 20 ff\n");
            assertThat(Client.talk(utf8, "")).isEqualTo("caf%C3%A9  c3 a9\n");
            assertThat(Client.talk(included, "")).isEqualTo("caf%E9  e9\n");
            assertThat(server.ask("show", latin + "/tcp").output() + server.ask("list").output())
                    .contains(folder + "/caf\\xe9").doesNotContain("\uFFFD").doesNotContain("caf?");
            assertThat(Client.talk(escaped, "")).isEqualTo(" e9 c3 a9\n");
            assertThat(read(file(workspace, "s%E9"))).isEqualTo("socket\n");
            Path other = Files.createFile(file(workspace, "s%3F"));
            write(workspace.resolve("inetd.conf"), line(latin, folder + "/caf\u00e9 x"));
            Files.delete(file(workspace, "caf%E9"));
            assertThat(server.ask("reload").output()).contains(folder + "/caf\\xe9: No such file or directory");
            assertThat(file(workspace, "s%E9")).doesNotExist();
            assertThat(other).exists();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"positional", "keyvalue"})
    void convertWritesTheBytesBack(String form) throws Exception {
        try (Workspace workspace = Workspace.create()) {
            write(workspace.resolve("a.conf"), "# caf\u00e9", line(7, "/bin/echo echo caf\u00e9 \u00ff"));

            Command.run(workspace.path(), "/bin/sh", "-c", "\"$1\" convert --to " + form + " a.conf > b.conf; \"$1\" convert --to " + form
                    + " b.conf > c.conf", "sh", Distribution.script());

            String once = Files.readString(workspace.resolve("b.conf"), StandardCharsets.ISO_8859_1);
            assertThat(once).contains("# caf\u00e9\n", " caf\u00e9", "\u00ff");
            assertThat(workspace.resolve("c.conf")).hasSameBinaryContentAs(workspace.resolve("b.conf"));
        }
    }
}
