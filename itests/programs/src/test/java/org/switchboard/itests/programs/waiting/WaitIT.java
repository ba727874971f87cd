package org.switchboard.itests.programs.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Kernel;
import org.switchboard.itests.programs.Probe;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

class WaitIT {

    private static Workspace workspace;
    private static Path probe;

    @BeforeAll
    static void compile() throws Exception {
        workspace = Workspace.create();
        probe = Probe.compile(workspace);
    }

    @AfterAll
    static void remove() throws Exception {
        workspace.close();
    }

    @Test
    void theProgramAcceptsItselfAndThePortIsWatchedAgainWhenItEnds() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " stream tcp wait - " + probe + " probe accept")) {
            String inode = Kernel.listener(port).orElseThrow();
            Set<String> programs = new TreeSet<>();
            for (int i = 0; i < 3; i++) {
                try (Socket client = Client.connect(port)) {
                    programs.add(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
                }
            }
            assertThat(programs).hasSize(3).allMatch(answer -> answer.startsWith("accepted by "));
            server.awaitListed(port + "/tcp", "idle");
            assertThat(Kernel.listener(port)).contains(inode);
        }
    }

    @Test
    void theListenerIsHandedOverWhileTheProgramRuns() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start(
                "127.0.0.1:" + port + " stream tcp wait - /bin/sh sh -c 'readlink /proc/$$/fd/0 >&2; exec sleep 600'");
                Socket client = Client.connect(port)) {
            assertThat(client.isConnected()).isTrue();
            server.awaitListed(port + "/tcp", "running");
            assertThat(server.ask("show", port + "/tcp").orFail()).contains("handed over");
            server.ask("end", port + "/tcp").orFail();
            server.awaitLog("END " + port + "/tcp.*outcome=signal=15");
        }
    }

    @Test
    void everyDatagramThatIsQueuedIsAnswered() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " dgram udp wait - " + probe + " probe answer");
                DatagramSocket client = Client.datagrams()) {
            Set<String> answers = new TreeSet<>();
            Client.send(client, port, "one");
            Client.send(client, port, "two");
            Client.send(client, port, "three");
            for (int i = 0; i < 3; i++) {
                answers.add(Client.receive(client));
            }
            assertThat(answers).as("log:%n%s", server.log()).containsExactly("ONE", "THREE", "TWO");
            server.awaitListed(port + "/udp", "idle");
        }
    }
}
