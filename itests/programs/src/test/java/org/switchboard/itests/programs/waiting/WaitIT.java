package org.switchboard.itests.programs.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void aProgramThatTakesOneDatagramEachTimeIsNotTakenForOneThatTakesNone() throws Exception {
        int port = FreePorts.next();
        int many = 100;
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " dgram udp wait - " + probe
                + " probe answer");
                DatagramSocket client = Client.datagrams()) {
            for (int i = 0; i < many; i++) {
                Client.send(client, port, "same");
            }
            for (int i = 0; i < many; i++) {
                assertThat(Client.receive(client)).as("log:%n%s", server.log()).isEqualTo("SAME");
            }
            server.awaitListed(port + "/udp", "idle");
            assertThat(server.ask("show", port + "/udp").orFail()).contains(many + " started")
                    .doesNotContain("took nothing");
        }
    }

    private static String looping(int port, String socket) {
        return "127.0.0.1:" + port + " on protocol = " + socket
                + ", wait = yes, user = -, exec = /bin/true, args = true, service_max = 90;";
    }

    @Test
    void aProgramThatReadsNoDatagramIsStoppedAtTheLimitOfItsEntryAndTheDatagramIsGone() throws Exception {
        int port = FreePorts.next();
        String id = port + "/udp4@127.0.0.1";
        try (RunningServer server = RunningServer.start(looping(port, "udp4"));
                DatagramSocket client = Client.datagrams()) {
            Client.send(client, port, "never read");
            server.awaitListed(id, "suspended .*more than 90 starts in 60 seconds");
            server.awaitLog(id + ".*: its program ends without taking what waits on 127.0.0.1:" + port);
            assertThat(server.log().containing("without taking")).hasSize(1);
            assertThat(server.ask("show", id).orFail()).contains("90 started").contains("90 took nothing");
            server.ask("resume", id).orFail();
            Client.send(client, port, "again");
            server.awaitListed(id, "suspended");
            assertThat(server.ask("show", id).orFail()).contains("180 started");
        }
    }

    @Test
    void aProgramThatAcceptsNobodyIsStoppedAtTheLimitAndWhoWaitsSeesTheEnd() throws Exception {
        int port = FreePorts.next();
        String id = port + "/tcp4@127.0.0.1";
        try (RunningServer server = RunningServer.start(looping(port, "tcp4")); Socket first = Client.connect(port);
                Socket second = Client.connect(port)) {
            first.getOutputStream().write("sent before".getBytes(StandardCharsets.US_ASCII));
            second.getOutputStream().write("it is read".getBytes(StandardCharsets.US_ASCII));
            assertThat(first.getInputStream().read()).isEqualTo(-1);
            assertThat(second.getInputStream().read()).isEqualTo(-1);
            server.awaitListed(id, "suspended");
            assertThat(server.log().containing("without taking")).hasSize(1);
            assertThat(server.ask("show", id).orFail()).containsPattern("9[01] started").contains("took nothing");
        }
    }

    @Test
    void aClientWhomTheLimitRefusesSeesTheEndAndNotAReset() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port
                + " on protocol = tcp4, wait = yes, user = -, exec = "
                + probe + ", args = probe accept, service_max = 1;")) {
            Client.talk(port, "");
            server.awaitListed(port + "/tcp4", "idle");
            assertThat(Client.talk(port, "over the limit")).isEmpty();
            server.awaitListed(port + "/tcp4", "suspended");
        }
    }

    @Test
    void limitsForEachAddressSeeWhoSentTheFirstDatagram() throws Exception {
        int port = FreePorts.next();
        String entry = port + " on protocol = udp4, wait = yes, user = -, exec = " + probe + ", args = probe answer, ";
        for (String limit : List.of("ip_max", "cpm")) {
            try (RunningServer server = RunningServer.start("127.0.0.1:" + entry + limit + " = 2;");
                    DatagramSocket client = Client.datagrams(); DatagramSocket other = Client.datagrams("127.0.0.2")) {
                for (int i = 0; i < 3; i++) {
                    Client.send(client, port, "client");
                }
                server.awaitLog("REFUSE " + port + "/udp4@127.0.0.1 from=127.0.0.1:" + client.getLocalPort()
                        + " reason=" + limit);
                Client.send(other, port, "other");
                assertThat(Client.receive(client)).isEqualTo("CLIENT");
                assertThat(Client.receive(client)).isEqualTo("CLIENT");
                assertThat(Client.receive(other)).isEqualTo("OTHER");
            }
        }
    }
}
