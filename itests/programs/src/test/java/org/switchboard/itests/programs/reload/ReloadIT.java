package org.switchboard.itests.programs.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Kernel;
import org.switchboard.itests.programs.RunningServer;

class ReloadIT {

    private final int port = FreePorts.next();
    private final int other = FreePorts.next();

    private static String echo(int port) {
        return "127.0.0.1:" + port + " stream tcp nowait - internal echo";
    }

    private static String program(int port, String mode, String arguments) {
        return "127.0.0.1:" + port + " stream tcp " + mode + " - " + arguments;
    }

    @Test
    void anUnchangedPortKeepsItsSocketItsQueueAndItsSessions() throws Exception {
        try (RunningServer server = RunningServer.start(echo(port), echo(other));
                Socket session = Client.connect(port)) {
            session.getOutputStream().write("before\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(Client.readLine(session)).isEqualTo("before");
            String inode = Kernel.listener(port).orElseThrow();

            server.signal("STOP");
            try (Socket queued = Client.connect(port)) {
                server.workspace().write("inetd.conf", echo(port) + "\n");
                server.signal("HUP");
                server.signal("CONT");
                assertThat(Client.talk(queued, "served")).isEqualTo("served");
            }
            server.awaitLog("opened=0 kept=1 updated=0 closed=1 failed=0");
            assertThat(Kernel.listener(port)).contains(inode);
            assertThat(Client.isOpen(other)).isFalse();
            session.getOutputStream().write("after\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(Client.readLine(session)).isEqualTo("after");
        }
    }

    @Test
    void aProviderBecomesAProgramAndBackUnderTheOpenPort() throws Exception {
        try (RunningServer server = RunningServer.start(echo(port))) {
            String inode = Kernel.listener(port).orElseThrow();
            assertThat(server.reload(program(port, "nowait", "/bin/echo echo from a program")))
                    .contains("opened=0 kept=0 updated=1 closed=0 failed=0");
            assertThat(Client.talk(port, "")).isEqualTo("from a program\n");
            assertThat(server.reload(echo(port))).contains("updated=1");
            assertThat(Client.talk(port, "from a provider")).isEqualTo("from a provider");
            assertThat(Kernel.listener(port)).contains(inode);
        }
    }

    @Test
    void nowaitBecomesWaitAndBack() throws Exception {
        String accepting = "/usr/bin/perl perl -e 'accept(C,STDIN); print C \"accepted\\n\"'";
        try (RunningServer server = RunningServer.start(program(port, "nowait", "/bin/echo echo connected"))) {
            assertThat(Client.talk(port, "")).isEqualTo("connected\n");
            assertThat(server.reload(program(port, "wait", accepting))).contains("failed=0");
            assertThat(Client.talk(port, "")).isEqualTo("accepted\n");
            server.awaitListed(port + "/tcp", "idle");
            assertThat(server.reload(program(port, "nowait", "/bin/echo echo connected"))).contains("failed=0");
            assertThat(Client.talk(port, "")).isEqualTo("connected\n");
        }
    }

    @Test
    void aServiceMovesToAnotherPort() throws Exception {
        try (RunningServer server = RunningServer.start(echo(port))) {
            assertThat(server.reload(echo(other))).contains("opened=1 kept=0 updated=0 closed=1 failed=0");
            assertThat(Client.isOpen(port)).isFalse();
            assertThat(Client.talk(other, "moved")).isEqualTo("moved");
        }
    }

    @Test
    void aBrokenLineCostsThatLineAndIsReportedWithFileAndLine() throws Exception {
        try (RunningServer server = RunningServer.start(echo(port))) {
            String report = server.reload(echo(port), "127.0.0.1:" + other + " stream tpc nowait - internal echo");
            assertThat(report).contains("kept=1").contains("inetd.conf:2: error:").contains("'tpc'");
            assertThat(Client.talk(port, "still here")).isEqualTo("still here");
            assertThat(Client.isOpen(other)).isFalse();
        }
    }

    @Test
    void withStrictABrokenLineKeepsThePreviousConfiguration() throws Exception {
        try (RunningServer server = RunningServer.startUnder(List.of(), List.of("--strict"), echo(port))) {
            server.reload(echo(other), "127.0.0.1:" + other + " stream tpc nowait - internal echo");
            assertThat(Client.talk(port, "still here")).isEqualTo("still here");
            assertThat(Client.isOpen(other)).isFalse();
        }
    }

    @Test
    void aFileThatIsGoneKeepsWhatItSaidBefore() throws Exception {
        try (RunningServer server = RunningServer.start(echo(port))) {
            Files.delete(server.workspace().resolve("inetd.conf"));
            assertThat(server.ask("reload").output()).contains("inetd.conf");
            assertThat(Client.talk(port, "still here")).isEqualTo("still here");
        }
    }
}
