package org.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An install is written over while its server runs. */
class UpgradeIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String FIRST_USED_LATER = "chargen";

    /** What becomes of a file. */
    enum Change {
        TRUNCATED, OTHER_BYTES
    }

    @TempDir
    Path directory;

    private final int echo = Installation.freePort();
    private final int program = Installation.freePort();
    private final int later = Installation.freePort();
    private Path home = Path.of("");
    private Path conf = Path.of("");

    @BeforeEach
    void install() throws Exception {
        home = directory.resolve("install");
        Installation.run(new ProcessBuilder("cp", "-rp", Installation.built().home().toString(), home.toString()));
        Installation.run(new ProcessBuilder("rm", "-rf", home.resolve("state").toString()));
        Installation.run(new ProcessBuilder("chmod", "-R", "u+w", home.toString()));
        conf = Files.writeString(directory.resolve("inetd.conf"), Installation.line(echo, "echo")
                + "127.0.0.1:" + program + " stream tcp nowait - /usr/bin/env env\n");
    }

    private Path state() {
        return directory.resolve("state");
    }

    private RunningServer start() throws IOException, InterruptedException {
        return RunningServer.start(Installation.built().at(home), state(), conf.toString());
    }

    private static String talk(int port, String text) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout((int) LONG.toMillis());
            client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            return new String(client.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
        }
    }

    private List<String> filesInUse(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        List<String> files = new ArrayList<>(Files.readAllLines(process.resolve("maps")));
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            for (Path descriptor : open.filter(Files::isSymbolicLink).toList()) {
                files.add(Files.readSymbolicLink(descriptor).toString());
            }
        }
        return files.stream().filter(file -> file.contains(home + "/")).toList();
    }

    private void writeOver(Change change) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    int size = (int) channel.size();
                    if (change == Change.TRUNCATED) {
                        channel.truncate(Math.min(size, 64));
                    } else {
                        channel.write(ByteBuffer.allocate(size));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRunningServerIsNotHarmed(Change change) throws Exception {
        try (RunningServer server = start()) {
            assertThat(filesInUse(server.pid())).isEmpty();

            writeOver(change);

            assertThat(talk(echo, "hello")).isEqualTo("hello");
            assertThat(talk(program, "")).contains("PROTO=TCP");
            Files.writeString(conf, Installation.line(later, FIRST_USED_LATER), StandardOpenOption.APPEND);
            server.signal("HUP");
            server.awaitOutput(later + "/tcp@127.0.0.1: opened");
            assertThat(talk(later, "")).startsWith(" !\"#$%&");
            Installation.Outcome list = Installation.built().run("--state", state().toString(), "list");
            assertThat(list.out()).contains(Integer.toString(later));
            server.signal("TERM");
            assertThat(server.awaitExit(LONG)).isZero();
        }
    }

    @Test
    void anotherStartFindsTheCopyAndAChangedInstallGetsItsOwn() throws Exception {
        List<String> copies = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            try (RunningServer server = start()) {
                copies = copies();
                assertThat(copies).hasSize(1);
                assertThat(filesInUse(server.pid())).isEmpty();
            }
        }
        Files.writeString(home.resolve("lib/start.sh"), "\n", StandardOpenOption.APPEND);
        try (RunningServer server = start()) {
            assertThat(copies()).hasSize(2).containsAll(copies);
            assertThat(filesInUse(server.pid())).isEmpty();
            assertThat(talk(echo, "hello")).isEqualTo("hello");
        }
    }

    private List<String> copies() throws IOException {
        try (Stream<Path> all = Files.list(state())) {
            return all.map(path -> path.getFileName().toString()).filter(name -> name.startsWith("program")).toList();
        }
    }

    @Test
    void aCrashIsDescribedInTheStateDirectory() throws Exception {
        try (RunningServer server = start()) {
            long pid = server.pid();
            server.signal("SEGV");
            server.awaitExit(LONG);

            assertThat(state().resolve("hs_err_pid" + pid + ".log")).exists();
        }
    }
}
