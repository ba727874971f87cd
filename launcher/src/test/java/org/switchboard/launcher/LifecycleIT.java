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

    /** Scripts send signals as soon as they know the process. */
    @Nested
    class SignalsDuringTheStart {

        /** Ignored, or handled, from the first line of the start script on. */
        private void awaitFirstLine(Process process) throws IOException {
            long end = System.nanoTime() + LONG.toNanos();
            Path status = Path.of("/proc", Long.toString(process.pid()), "status");
            while (Files.readAllLines(status).stream().noneMatch(line -> line.matches("SigIgn:.*[13579bdf]"))) {
                assertThat(System.nanoTime()).as("SIGHUP is not ignored").isLessThan(end);
            }
        }

        private Process start(String output) throws IOException {
            ProcessBuilder builder = installation.process("run", "--state", state().toString(), conf().toString());
            return builder.redirectErrorStream(true).redirectOutput(directory.resolve(output).toFile()).start();
        }

        @Test
        void noneOfThemEndsTheServerAndAHangupIsHeededAfterwards() throws Exception {
            Process server = start("out");
            awaitFirstLine(server);
            // Ends with the server, and with these tests should they be killed.
            Process sender = new ProcessBuilder("sh", "-c",
                    "while kill -0 $1 && kill -HUP $0 && kill -ALRM $0 && kill -USR1 $0 && kill -USR2 $0; do :; done 2> /dev/null",
                    Long.toString(server.pid()), Long.toString(ProcessHandle.current().pid())).start();
            try {
                long end = System.nanoTime() + LONG.toNanos();
                while (!accepts(port)) {
                    assertThat(server.isAlive()).as(Files.readString(directory.resolve("out"))).isTrue();
                    assertThat(System.nanoTime()).isLessThan(end);
                }
                sender.destroyForcibly().onExit().join();
                int second = Installation.freePort();
                Files.writeString(conf(), Installation.line(second, "echo"), StandardOpenOption.APPEND);
                Installation.run(new ProcessBuilder("sh", "-c", "kill -HUP " + server.pid()));
                while (!accepts(second)) {
                    assertThat(System.nanoTime()).isLessThan(end);
                }
            } finally {
                sender.destroyForcibly();
                server.destroyForcibly().onExit().join();
            }
        }

        @Test
        void aServerThatWasStartedWithAllOfThemIgnoredHeedsThem() throws Exception {
            ProcessBuilder builder = installation.process("run", "--state", state().toString(), conf().toString());
            builder.command().addAll(0, List.of("sh", "-c", "trap '' HUP INT TERM; exec \"$0\" \"$@\""));
            try (RunningServer server = RunningServer.start(installation, state(), builder)) {
                server.signal("HUP");
                server.signal("INT");
                assertThat(server.awaitExit(BOUND)).isZero();
            }
        }
    }

    /** What is typed first. */
    @Nested
    class StatusAndStop {

        private Installation.Outcome ask(String word) throws IOException, InterruptedException {
            return installation.run("--state", state().toString(), word);
        }

        @Test
        void tellWhetherAServerRunsAndEndIt() throws Exception {
            try (RunningServer server = start()) {
                Installation.Outcome status = server.ask("status");
                assertThat(status.exit()).isZero();
                assertThat(status.out()).matches("switchboard: running, pid " + server.pid()
                        + ", since [-0-9]+ [:0-9]+ \\([0-9]+ s\\), state " + state() + "\n");

                Installation.Outcome stop = server.ask("stop");
                assertThat(stop.exit()).isZero();
                assertThat(stop.out()).isEqualTo("switchboard: stopped, pid " + server.pid() + ", state " + state() + "\n");
                assertThat(server.awaitExit(BOUND)).isZero();
            }
            assertThat(ask("status")).extracting(Installation.Outcome::exit).isEqualTo(3);
            assertThat(ask("stop")).extracting(Installation.Outcome::exit).isEqualTo(0);
        }

        @Test
        void sayWhereNoneRuns() throws Exception {
            for (String word : List.of("status", "stop")) {
                assertThat(ask(word).out()).isEqualTo("switchboard: not running on the state directory " + state()
                        + "; another one is named with --state DIR\n");
            }
        }

        @Test
        void takeNoOtherProcessForAServerThatWasKilled() throws Exception {
            Files.createDirectory(state());
            Files.writeString(state().resolve("lock"), ProcessHandle.current().pid() + "\n");
            assertThat(ask("status").exit()).isEqualTo(4);
            assertThat(ask("stop").exit()).isEqualTo(1);
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
