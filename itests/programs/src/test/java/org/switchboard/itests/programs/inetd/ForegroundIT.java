package org.switchboard.itests.programs.inetd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Mailbox;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

class ForegroundIT {

    private Workspace workspace;
    private final int port = FreePorts.next();

    @BeforeEach
    void create() throws Exception {
        workspace = Workspace.create();
        workspace.write("inetd.conf", "127.0.0.1:" + port + " stream tcp nowait " + System.getProperty("user.name") + " /bin/pwd pwd\n");
    }

    @AfterEach
    void remove() throws Exception {
        workspace.close();
    }

    private Process start(Map<String, String> variables, String... options) throws Exception {
        List<String> words = new ArrayList<>(Inetd.command(workspace, List.of(options)));
        ProcessBuilder builder = new ProcessBuilder(words).directory(workspace.path().toFile()).redirectErrorStream(true)
                .redirectOutput(workspace.resolve("output").toFile());
        builder.environment().putAll(variables);
        return builder.start();
    }

    private void end(Process process) throws Exception {
        process.destroy();
        assertThat(process.waitFor(RunningServer.DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("ends at SIGTERM").isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private String output() throws Exception {
        return Files.readString(workspace.resolve("output"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-i", "-f", "--foreground", "-d"})
    void staysThereAndInItsDirectory(String option) throws Exception {
        Process process = start(Map.of(), option);
        try {
            Inetd.await("the port is open", () -> Client.isOpen(port));
            assertThat(Client.talk(port, "").strip()).isEqualTo(workspace.path().toRealPath().toString());
            assertThat(Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))).contains("(inetd)");
            end(process);
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void debuggingLogsToStandardError() throws Exception {
        Process process = start(Map.of(), "-d");
        try {
            Inetd.await("it says what it opened", () -> output().contains("opened 127.0.0.1:" + port));
            end(process);
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void signalsOfAServiceManagersShellDoNotStickToIt() throws Exception {
        workspace.write("start", "trap '' HUP INT TERM; exec \"$@\"");
        List<String> words = new ArrayList<>(List.of("sh", workspace.resolve("start").toString()));
        words.addAll(Inetd.command(workspace, List.of("-i")));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(workspace.resolve("output").toFile()).start();
        try {
            Inetd.await("the port is open", () -> Client.isOpen(port));
            end(process);
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void serviceManagerHearsOfEveryTurn() throws Exception {
        try (Mailbox manager = Mailbox.at(workspace.resolve("notify"))) {
            Process process = start(Map.of("NOTIFY_SOCKET", manager.address(), "WATCHDOG_USEC", "3000000"));
            try {
                manager.await("^READY=1");
                assertThat(Client.isOpen(port)).as("open when it says that it is ready").isTrue();
                manager.await("^WATCHDOG=1$");
                manager.await("^WATCHDOG=1$", manager.count());
                int before = manager.count();
                process.toHandle().children().forEach(child -> assertThat(child.isAlive()).isTrue());
                Command.run("/bin/sh", "-c", "kill -HUP " + process.pid()).orFail();
                manager.await("^RELOADING=1 \\| MONOTONIC_USEC=\\d+", before);
                manager.await("^READY=1", before);
                end(process);
                manager.await("^STOPPING=1", before);
            } finally {
                process.destroyForcibly().onExit().join();
            }
        }
    }

    @Test
    void serviceManagerMayListenOnASocketWithoutAFile() throws Exception {
        try (Mailbox manager = Mailbox.at("@switchboard-" + ProcessHandle.current().pid() + "-" + port)) {
            Process process = start(Map.of("NOTIFY_SOCKET", manager.address()));
            try {
                manager.await("^READY=1");
                end(process);
                assertThat(manager.toString()).doesNotContain("WATCHDOG");
            } finally {
                process.destroyForcibly().onExit().join();
            }
        }
    }

    @Test
    void signsOfLifeAreNotForWhoseTheyAreNot() throws Exception {
        try (Mailbox manager = Mailbox.at(workspace.resolve("notify"))) {
            Process process = start(Map.of("NOTIFY_SOCKET", manager.address(), "WATCHDOG_USEC", "1000", "WATCHDOG_PID", "1"));
            try {
                manager.await("^READY=1");
                end(process);
                manager.await("^STOPPING=1");
                assertThat(manager.toString()).doesNotContain("WATCHDOG");
            } finally {
                process.destroyForcibly().onExit().join();
            }
        }
    }
}
