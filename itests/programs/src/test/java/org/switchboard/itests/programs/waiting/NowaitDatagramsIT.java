package org.switchboard.itests.programs.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Probe;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/** Each peer of a datagram port gets a program of its own, on a socket that is connected to it. */
class NowaitDatagramsIT {

    private static final String LOOP = "'binmode STDIN; while (sysread STDIN, my $got, 512) { syswrite STDOUT, \"$$ $got\" }'";

    private static Workspace workspace;
    private static Path probe;

    private final int port = FreePorts.next();

    @BeforeAll
    static void compile() throws Exception {
        workspace = Workspace.create();
        probe = Probe.compile(workspace);
    }

    @AfterAll
    static void remove() throws Exception {
        workspace.close();
    }

    private String line(String address, String program) {
        return address + ":" + port + " dgram udp nowait - " + program;
    }

    private static List<DatagramSocket> peers(int count) throws Exception {
        List<DatagramSocket> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(Client.datagrams());
        }
        return peers;
    }

    /** All have sent before the server looks. */
    private void sendAtOnce(RunningServer server, List<DatagramSocket> peers) throws Exception {
        server.signal("STOP");
        for (DatagramSocket peer : peers) {
            Client.send(peer, port, "of " + peer.getLocalPort());
        }
        server.signal("CONT");
    }

    @Test
    void twoPeersThatSentBeforeTheFirstStartAreAnsweredEachByItsOwnProgram() throws Exception {
        List<DatagramSocket> peers = peers(2);
        try (RunningServer server = RunningServer.start(line("127.0.0.1", probe + " probe reply"))) {
            sendAtOnce(server, peers);
            Set<String> programs = new TreeSet<>();
            for (DatagramSocket peer : peers) {
                String answer = Client.receive(peer);
                assertThat(answer).as("log:%n%s", server.log())
                        .startsWith("of " + peer.getLocalPort() + " from " + peer.getLocalPort() + " to ");
                programs.add(answer.substring(answer.lastIndexOf(' ')));
            }
            assertThat(programs).hasSize(2);
            server.awaitListed(port + "/udp", "listening|idle");
        } finally {
            peers.forEach(DatagramSocket::close);
        }
    }

    @Test
    void aCrowdIsAnsweredOnTheWildcardAddressByProgramsThatAnswerTheSender() throws Exception {
        List<DatagramSocket> peers = peers(20);
        try (RunningServer server = RunningServer.start(line("0.0.0.0", probe + " probe answer"))) {
            sendAtOnce(server, peers);
            for (DatagramSocket peer : peers) {
                assertThat(Client.receive(peer)).as("log:%n%s", server.log()).isEqualTo("OF " + peer.getLocalPort());
            }
            server.awaitLog("START .*#20 from");
            assertThat(server.log().containing("START")).hasSize(20);
        } finally {
            peers.forEach(DatagramSocket::close);
        }
    }

    @Test
    void aProgramThatStaysServesItsOwnPeerAndNobodyElse() throws Exception {
        List<DatagramSocket> peers = peers(3);
        try (RunningServer server = RunningServer.start(line("127.0.0.1", "/usr/bin/perl perl -e " + LOOP))) {
            for (int round = 0; round < 3; round++) {
                for (DatagramSocket peer : peers) {
                    Client.send(peer, port, round + " of " + peer.getLocalPort());
                    assertThat(Client.receive(peer)).as("log:%n%s", server.log())
                            .endsWith(" " + round + " of " + peer.getLocalPort());
                }
            }
            server.awaitLog("START .*#3 from");
            assertThat(server.log().containing("START")).as("one program for each peer").hasSize(3);
        } finally {
            peers.forEach(DatagramSocket::close);
        }
    }

    @Test
    void aPeerIsAnsweredAsOftenAsItSendsThoughEveryProgramAnswersOnce() throws Exception {
        try (RunningServer server = RunningServer.start(line("127.0.0.1", probe + " probe reply"));
                DatagramSocket peer = Client.datagrams()) {
            for (int i = 0; i < 40; i++) {
                Client.send(peer, port, "same");
                assertThat(Client.receive(peer)).as("log:%n%s", server.log()).startsWith("same from " + peer.getLocalPort());
            }
            server.signal("STOP");
            for (int i = 0; i < 3; i++) {
                Client.send(peer, port, "queued");
            }
            server.signal("CONT");
            for (int i = 0; i < 3; i++) {
                assertThat(Client.receive(peer)).startsWith("queued");
            }
            assertThat(server.log().containing("without reading")).isEmpty();
        }
    }

    @Test
    void aProgramThatTakesItsTimeToReadIsStartedOnce() throws Exception {
        try (RunningServer server = RunningServer.start(
                line("127.0.0.1", "/bin/sh sh -c 'sleep 1; exec " + probe + " reply'"));
                DatagramSocket peer = Client.datagrams()) {
            Client.send(peer, port, "patient");
            assertThat(Client.receive(peer)).startsWith("patient");
            assertThat(server.log().containing("START")).hasSize(1);
        }
    }

    @Test
    void aProgramThatEndsWithoutReadingIsGivenUpAndOthersAreServedMeanwhile() throws Exception {
        try (RunningServer server = RunningServer.start(line("127.0.0.1", "/bin/true true"));
                DatagramSocket peer = Client.datagrams()) {
            Client.send(peer, port, "never read");
            server.awaitLog("its program ended 8 times without reading; 1 datagrams dropped");
            assertThat(server.log().containing("START")).hasSize(8);
            server.awaitListed(port + "/udp", "listening|idle");
        }
    }
}
