package org.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a server, from outside. */
class LifecycleIT {

    /** Two seconds, and what a machine that is busy with other builds adds. */
    private static final Duration BOUND = Duration.ofSeconds(2 + 3);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Installation installation = Installation.built();
    private final int port = Installation.freePort();

    private Path state() {
        return directory.resolve("state");
    }

    private Path conf() throws IOException {
        return Files.writeString(directory.resolve("inetd.conf"), Installation.line(port, "echo"));
    }

    private RunningServer start(String... options) throws IOException, InterruptedException {
        String[] arguments = java.util.Arrays.copyOf(options, options.length + 1);
        arguments[options.length] = conf().toString();
        return RunningServer.start(installation, state(), arguments);
    }

    private static Socket connect(int port) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setSoTimeout((int) LONG.toMillis());
        return client;
    }

    private static String echo(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private static boolean accepts(int port) throws IOException {
        try (Socket client = connect(port)) {
            return client.isConnected();
        } catch (SocketException refusedOrCut) {
            return false;
        }
    }

    @Nested
    class Start {

        @Test
        void saysWhatItOpenedAndHowToTryIt() throws Exception {
            try (RunningServer server = start()) {
                assertThat(server.output()).contains("nc 127.0.0.1 " + port).contains("pid " + server.pid());
            }
        }

        @Test
        void servesTheConfiguredPort() throws Exception {
            try (RunningServer server = start(); Socket client = connect(port)) {
                assertThat(echo(client, "hello")).isEqualTo("hello");
                assertThat(server.ask("list").out()).contains(Integer.toString(port));
            }
        }

        @Test
        void keepsTheStateDirectoryToItself() throws Exception {
            try (RunningServer server = start()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state()))).isEqualTo("rwx------");
                assertThat(server.output()).contains(state().toString());
            }
        }

        @Test
        void brokenLineCostsOnlyThatLine() throws Exception {
            Path broken = Files.writeString(directory.resolve("broken.conf"), "what is this\n" + Installation.line(port, "echo"));
            try (RunningServer server = RunningServer.start(installation, state(), broken.toString()); Socket client = connect(port)) {
                assertThat(echo(client, "hello")).isEqualTo("hello");
                assertThat(server.output()).contains("broken.conf:1");
            }
        }
    }

    @Nested
    class End {

        @ParameterizedTest
        @ValueSource(strings = {"TERM", "INT"})
        void signalClosesThePortAndExitsWithZero(String signal) throws Exception {
            try (RunningServer server = start()) {
                server.signal(signal);
                assertThat(server.awaitExit(BOUND)).isZero();
                assertThat(accepts(port)).isFalse();
            }
        }

        @Test
        void runningSessionIsCutInTime() throws Exception {
            try (RunningServer server = start(); Socket client = connect(port)) {
                assertThat(echo(client, "hello")).isEqualTo("hello");
                server.signal("TERM");
                assertThat(server.awaitExit(BOUND)).isZero();
            }
        }

        @Test
        void drainWaitsForTheRunningSession() throws Exception {
            try (RunningServer server = start("--drain"); Socket client = connect(port)) {
                assertThat(echo(client, "before")).isEqualTo("before");
                server.signal("TERM");
                awaitClosed(server);
                assertThat(echo(client, "after")).isEqualTo("after");
                client.shutdownOutput();
                assertThat(client.getInputStream().readAllBytes()).isEmpty();
                assertThat(server.awaitExit(LONG)).isZero();
            }
        }

        private void awaitClosed(RunningServer server) throws Exception {
            long end = System.nanoTime() + LONG.toNanos();
            while (accepts(port)) {
                assertThat(System.nanoTime()).as("the port is still open; the server said: %s", server.output()).isLessThan(end);
                Thread.onSpinWait();
            }
        }

        @Test
        void secondSignalCutsTheDrain() throws Exception {
            try (RunningServer server = start("--drain"); Socket client = connect(port)) {
                assertThat(echo(client, "hello")).isEqualTo("hello");
                server.signal("TERM");
                awaitClosed(server);
                server.signal("TERM");
                assertThat(server.awaitExit(BOUND)).isZero();
            }
        }
    }

    @Nested
    class Reload {

        @Test
        void hangupReadsTheFileAgain() throws Exception {
            int second = Installation.freePort();
            try (RunningServer server = start()) {
                Files.writeString(directory.resolve("inetd.conf"), Installation.line(second, "daytime"), StandardOpenOption.APPEND);
                server.signal("HUP");
                long end = System.nanoTime() + LONG.toNanos();
                while (!accepts(second)) {
                    assertThat(System.nanoTime()).as("port %s does not open; the server said: %s", second, server.output())
                            .isLessThan(end);
                }
                assertThat(accepts(port)).isTrue();
            }
        }
    }

    @Nested
    class SeveralServers {

        @Test
        void secondOneOnTheSameStateDirectoryNamesTheFirst() throws Exception {
            try (RunningServer first = start()) {
                Installation.Outcome second = installation.run("run", "--state", state().toString(), conf().toString());
                assertThat(second.exit()).isEqualTo(1);
                assertThat(second.err()).contains("pid " + first.pid()).hasLineCount(1);
            }
        }

        @Test
        void whatAKilledOneLeftIsNoObstacle() throws Exception {
            try (RunningServer first = start()) {
                first.signal("KILL");
                first.awaitExit(LONG);
            }
            try (RunningServer second = start()) {
                assertThat(second.ask("list").exit()).isZero();
            }
        }

        @Test
        void inADirectoryThatEveryUserMayWriteToItIsRefusedAndNothingInItIsTouched() throws Exception {
            Path victim = Files.writeString(directory.resolve("victim"), "precious\n");
            Path open = Files.createDirectory(directory.resolve("open"));
            Files.createSymbolicLink(open.resolve("lock"), victim);
            Files.createSymbolicLink(open.resolve("inetd"), directory);
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

            ProcessBuilder inetd = installation.process("-i", "--state=" + open, conf().toString());
            inetd.command().replaceAll(word -> word.replaceFirst("/bin/switchboard$", "/bin/inetd"));
            for (ProcessBuilder starter : List.of(installation.process("run", "--state", open.toString(), conf()
                    .toString()), inetd)) {
                Installation.Outcome outcome = Installation.run(starter);
                assertThat(outcome.exit()).isEqualTo(1);
                assertThat(outcome.err()).contains("every user may write to it (mode 777)").hasLineCount(1);
            }
            assertThat(victim).hasContent("precious");
            assertThat(directory.resolve("java")).doesNotExist();
        }

        @Test
        void otherStateDirectoriesRunSideBySide() throws Exception {
            int otherPort = Installation.freePort();
            Path other = Files.writeString(directory.resolve("other.conf"), Installation.line(otherPort, "echo"));
            try (RunningServer first = start();
                    RunningServer second = RunningServer.start(installation, directory.resolve("state 2"), other.toString())) {
                assertThat(first.ask("list").out()).contains(Integer.toString(port)).doesNotContain(Integer.toString(otherPort));
                assertThat(second.ask("list").out()).contains(Integer.toString(otherPort));
            }
        }
    }

    @Nested
    class Asked {

        @Test
        void withoutServerOneLineNamesTheDirectory() throws Exception {
            Installation.Outcome outcome = installation.run("--state", state().toString(), "list");
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.err()).contains(state().toString()).hasLineCount(1);
        }

        @Test
        void unknownCommandIsOneLine() throws Exception {
            try (RunningServer server = start()) {
                Installation.Outcome outcome = server.ask("nonsense");
                assertThat(outcome.exit()).isNotZero();
                assertThat(outcome.err()).contains("nonsense").hasLineCount(1);
            }
        }

        @Test
        void nobodyElseMayAsk() throws Exception {
            try (RunningServer server = start()) {
                assertThat(Optional.of(PosixFilePermissions.toString(Files.getPosixFilePermissions(state().resolve("control.sock")))))
                        .contains("rw-------");
                assertThat(server.ask("sessions").exit()).isZero();
            }
        }
    }
}
