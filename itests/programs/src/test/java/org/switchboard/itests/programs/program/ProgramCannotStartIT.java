package org.switchboard.itests.programs.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

class ProgramCannotStartIT {

    @Test
    void aPathThatIsNotThereIsListedAsFailedWithTheReasonAndServesOnceItIsThere() throws Exception {
        int port = FreePorts.next();
        int other = FreePorts.next();
        try (Workspace files = Workspace.create()) {
            Path missing = files.resolve("later");
            try (RunningServer server = RunningServer.start(
                    "127.0.0.1:" + port + " stream tcp nowait - " + missing + " later",
                    "127.0.0.1:" + other + " stream tcp nowait - internal echo")) {
                assertThat(server.listed(port + "/tcp")).contains("failed").contains(missing.toString());
                assertThat(Client.isOpen(port)).isFalse();
                assertThat(Client.talk(other, "fine")).isEqualTo("fine");
                server.awaitLog("ERROR .*" + missing);
                assertThat(server.log().containing(missing.toString())).hasSizeBetween(1, 2);

                files.program("later", "#!/bin/sh\necho at last\n");
                assertThat(server.ask("resume", port + "/tcp").orFail()).endsWith(" is idle\n");
                assertThat(Client.talk(port, "")).isEqualTo("at last\n");
            }
        }
    }

    @Test
    void aFileThatIsNoProgramCostsEachSessionOneLineAndNothingSpins() throws Exception {
        int port = FreePorts.next();
        try (Workspace files = Workspace.create()) {
            Path broken = files.program("broken", "#!/nonexistent/interpreter\n");
            try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " stream tcp nowait - " + broken + " broken")) {
                assertThat(Client.talk(port, "")).isEmpty();
                assertThat(Client.talk(port, "")).isEmpty();
                server.awaitLog("exec " + broken + ": No such file or directory");
                assertThat(server.listed(port + "/tcp")).contains("idle");
                assertThat(server.log().containing("exec " + broken)).hasSizeBetween(1, 4);
            }
        }
    }

    @Test
    void aDatagramForAProgramThatCannotStartIsThrownAwayAndNothingSpins() throws Exception {
        int port = FreePorts.next();
        try (Workspace files = Workspace.create()) {
            Path broken = files.program("broken", "#!/nonexistent/interpreter\n");
            try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " dgram udp wait - " + broken + " broken");
                    DatagramSocket client = Client.datagrams()) {
                Client.send(client, port, "one");
                server.awaitLog("exec " + broken + ": No such file or directory");
                int before = server.log().count();
                Client.send(client, port, "two");
                server.log().await("exec " + broken, before, RunningServer.DEADLINE);
                assertThat(server.log().containing("exec " + broken)).hasSizeBetween(2, 4);
            }
        }
    }

    @Test
    void aUserWhoDoesNotExistIsNeverReplacedByAnother() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " stream tcp nowait nosuchuser /bin/cat cat")) {
            assertThat(server.listed(port + "/tcp")).contains("failed").contains("nosuchuser");
            assertThat(Client.isOpen(port)).isFalse();
        }
    }

    @Test
    void aUserWhomWeMayNotBecomeIsNeverReplacedByUs() throws Exception {
        Needs.that(!Needs.isRoot(), "root may become anybody");
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " stream tcp nowait daemon /bin/cat cat")) {
            assertThat(server.listed(port + "/tcp")).contains("failed").contains("daemon");
            assertThat(Client.isOpen(port)).isFalse();
        }
    }

    @Test
    void aSpawnerThatWasKilledIsStartedAgain() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " stream tcp nowait - /bin/cat cat")) {
            assertThat(Client.talk(port, "before")).isEqualTo("before");
            ProcessHandle spawner = server.process().children().findFirst().orElseThrow();
            spawner.destroyForcibly();
            spawner.onExit().join();
            assertThat(Client.talk(port, "after")).isEqualTo("after");
        }
    }
}
