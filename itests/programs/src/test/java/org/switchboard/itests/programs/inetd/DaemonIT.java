package org.switchboard.itests.programs.inetd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.Distribution;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

class DaemonIT {

    private static final String ECHO = " stream tcp nowait root internal echo";

    private Workspace workspace;
    private final int port = FreePorts.next();

    @BeforeEach
    void create() throws Exception {
        workspace = Workspace.create();
    }

    @AfterEach
    void remove() throws Exception {
        workspace.close();
    }

    private String echo(int where) {
        return "127.0.0.1:" + where + ECHO;
    }

    private Inetd daemon(String... options) throws Exception {
        return Inetd.start(workspace, List.of(options), echo(port));
    }

    @Test
    void commandReturnsWhenThePortsAreOpen() throws Exception {
        try (Inetd inetd = daemon()) {
            assertThat(Client.talk(port, "hello")).isEqualTo("hello");
            assertThat(inetd.ask("list").orFail()).contains(Integer.toString(port));
        }
    }

    @Test
    void processIsCalledInetdForThoseWhoLook() throws Exception {
        try (Inetd inetd = daemon()) {
            // As update-inetd has it.
            assertThat(Files.readString(inetd.proc("stat"))).containsPattern("^\\d+ \\((?:rl|inetutils-)?inetd\\)");
        }
    }

    @Test
    void processHasNothingOfTheTerminalItCameFrom() throws Exception {
        try (Inetd inetd = daemon()) {
            String[] fields = Files.readString(inetd.proc("stat")).replaceFirst("^.*\\) ", "").split(" ");
            assertThat(fields[3]).as("session").isEqualTo(Long.toString(inetd.pid()));
            assertThat(Files.readSymbolicLink(inetd.proc("cwd"))).isEqualTo(Path.of("/"));
            for (int descriptor = 0; descriptor <= 2; descriptor++) {
                assertThat(Files.readSymbolicLink(inetd.proc("fd").resolve(Integer.toString(descriptor)))).isEqualTo(Path.of("/dev/null"));
            }
        }
    }

    @Test
    void archiveOfClassesIsUsedUnderThatName() throws Exception {
        String archive = "/lib/server.jsa";
        try (RunningServer server = RunningServer.start(echo(FreePorts.next()))) {
            Path maps = Path.of("/proc", Long.toString(server.process().pid()), "maps");
            Needs.that(Files.readString(maps).contains(archive), "the class archive is not for this Java");
        }
        try (Inetd inetd = daemon()) {
            assertThat(Files.readString(inetd.proc("maps"))).contains(archive);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void endLeavesNothingBehind(String signal) throws Exception {
        Path socket = workspace.resolve("echo.sock");
        try (Inetd inetd = Inetd.start(workspace, List.of(), echo(port), socket + " stream unix nowait root internal echo")) {
            assertThat(Files.exists(socket)).isTrue();
            assertThat(Files.readString(Inetd.pidFile(workspace))).isEqualTo(inetd.pid() + "\n");
            inetd.signal(signal);
            inetd.awaitEnd();
            assertThat(Client.isOpen(port)).isFalse();
            assertThat(Files.exists(socket)).isFalse();
            assertThat(Files.exists(Inetd.pidFile(workspace))).isFalse();
        }
    }

    @Test
    void hangupReadsTheFileAgain() throws Exception {
        int other = FreePorts.next();
        try (Inetd inetd = daemon()) {
            workspace.write("inetd.conf", echo(port) + "\n" + echo(other) + "\n");
            inetd.signal("HUP");
            Inetd.await("the new port is open", () -> Client.isOpen(other));
            assertThat(Client.talk(port, "still")).isEqualTo("still");
        }
    }

    @Test
    void alarmTriesAtOnceWhatCouldNotBeOpened() throws Exception {
        int other = FreePorts.next();
        Path directory = workspace.resolve("later");
        try (Inetd inetd = Inetd.start(workspace, List.of(), echo(other), directory + "/echo.sock stream unix nowait root internal echo")) {
            assertThat(Client.talk(other, "serves the rest")).isEqualTo("serves the rest");
            Files.createDirectory(directory);
            inetd.signal("ALRM");
            Inetd.await("the socket is there", () -> Files.exists(directory.resolve("echo.sock")));
        }
    }

    @Test
    void secondDaemonRunsBesideTheFirstAndTakesOverThePidFile() throws Exception {
        try (Inetd first = daemon()) {
            int other = FreePorts.next();
            List<String> command = List.of("--state=" + workspace.resolve("second"), "--pidfile=" + Inetd.pidFile(workspace));
            try (Inetd second = Inetd.start(workspace, command, echo(other))) {
                assertThat(second.pid()).isNotEqualTo(first.pid());
                first.signal("TERM");
                first.awaitEnd();
                assertThat(Files.readString(Inetd.pidFile(workspace))).isEqualTo(second.pid() + "\n");
                assertThat(Client.talk(other, "x")).isEqualTo("x");
            }
        }
    }

    @Test
    void secondDaemonOfFreeBsdNamesTheFirst() throws Exception {
        try (Inetd first = daemon("--dialect=freebsd")) {
            Command.Result second = Command.run(Inetd.command(workspace, List.of("--dialect=freebsd",
                    "--state=" + workspace.resolve("second"))).toArray(String[]::new));
            assertThat(second.output()).contains("already running, pid: " + first.pid());
            assertThat(second.status()).isEqualTo(71);
        }
    }

    @Test
    void stateDirectoryThatCannotBeUsedIsToldInTheForeground() throws Exception {
        workspace.write("inetd.conf", echo(port) + "\n");
        Command.Result result = Command.run(Inetd.command(workspace, List.of("--state=/dev/null")).toArray(String[]::new));
        assertThat(result.output()).contains("cannot use the state directory /dev/null");
        assertThat(result.status()).isEqualTo(1);
        assertThat(Files.exists(Inetd.pidFile(workspace))).isFalse();
    }

    @Test
    void programsInheritTheEnvironmentWhenAsked() throws Exception {
        String line = "127.0.0.1:" + port + " stream tcp nowait " + System.getProperty("user.name") + " /usr/bin/env env";
        try (Inetd inetd = Inetd.start(workspace, List.of("-E"), line)) {
            String kept = Client.talk(port, "");
            Stream<String> own = Stream.of("NOTIFY_SOCKET=", "SWITCHBOARD_", "PWD=" + Path.of(Distribution.inetd()).getParent());
            assertThat(kept).contains("PATH=" + System.getenv("PATH"));
            own.forEach(word -> assertThat(kept).doesNotContain(word));
            assertThat(inetd.ask("show", Integer.toString(port)).orFail()).contains("inherited");
        }
    }
}
