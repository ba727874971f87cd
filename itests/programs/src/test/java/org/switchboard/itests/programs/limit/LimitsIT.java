package org.switchboard.itests.programs.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;

/** What becomes of the client over a limit: it waits, or it connects and sees the end; the port stays open unless it is to close. */
class LimitsIT {

    private static final String PROGRAM = "exec = /bin/cat, args = cat";
    private static final String PROVIDER = "exec = internal, args = echo";

    private final int port = FreePorts.next();

    private String entry(String server, String options) {
        return "127.0.0.1:" + port + " on protocol = tcp4, wait = no, user = -, " + server + ", " + options + ";";
    }

    private String id() {
        return port + "/tcp4@127.0.0.1";
    }

    /** A client that has been served a line and stays. */
    private Socket served() throws IOException {
        Socket client = Client.connect(port);
        assertThat(asked(client)).isEqualTo("here");
        return client;
    }

    private static String asked(Socket client) throws IOException {
        client.getOutputStream().write("here\n".getBytes(StandardCharsets.US_ASCII));
        return Client.readLine(client);
    }

    private boolean isRefused() throws IOException {
        try (Socket client = Client.connect(port)) {
            return seesTheEnd(client);
        }
    }

    private static boolean seesTheEnd(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private void awaitPaused(RunningServer running) throws Exception {
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        while (!running.ask("show", id()).orFail().contains("paused")) {
            assertThat(System.nanoTime() - end).as("log:%n%s", running.log()).isNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PROGRAM, PROVIDER})
    void atAsManyInstancesClientsWaitUntilOneEnds(String server) throws Exception {
        try (RunningServer running = RunningServer.start(entry(server, "instances = 2"))) {
            Socket first = served();
            Socket second = served();
            try (Socket third = Client.connect(port); Socket fourth = Client.connect(port)) {
                third.getOutputStream().write("here\n".getBytes(StandardCharsets.US_ASCII));
                fourth.getOutputStream().write("here\n".getBytes(StandardCharsets.US_ASCII));
                running.awaitListed(id(), "running");
                awaitPaused(running);
                assertThat(third.getInputStream().available() + fourth.getInputStream().available()).isZero();
                first.close();
                assertThat(Client.readLine(third)).isEqualTo("here");
                second.close();
                assertThat(Client.readLine(fourth)).isEqualTo("here");
                assertThat(asked(third)).isEqualTo("here");
            }
            assertThat(running.log().containing("REFUSE")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PROGRAM, PROVIDER})
    void aReloadThatAllowsMoreLetsThoseInWhoWait(String server) throws Exception {
        try (RunningServer running = RunningServer.start(entry(server, "instances = 1")); Socket first = served();
                Socket second = Client.connect(port)) {
            running.reload(entry(server, "instances = 2"));
            assertThat(asked(second)).isEqualTo("here");
            assertThat(asked(first)).isEqualTo("here");
        }
    }

    @Test
    void sessionsFromBeforeTheLimitCount() throws Exception {
        try (RunningServer running = RunningServer.start(entry(PROGRAM, "backlog = 9"))) {
            Socket first = served();
            running.reload(entry(PROGRAM, "backlog = 9, instances = 1"));
            try (Socket second = Client.connect(port)) {
                second.getOutputStream().write("here\n".getBytes(StandardCharsets.US_ASCII));
                awaitPaused(running);
                first.close();
                assertThat(Client.readLine(second)).isEqualTo("here");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PROGRAM, PROVIDER})
    void anAddressThatHasAsManySessionsAsItMayConnectsAndSeesTheEnd(String server) throws Exception {
        try (RunningServer running = RunningServer.start(entry(server, "per_source = 1"))) {
            try (Socket first = served()) {
                assertThat(isRefused()).isTrue();
                assertThat(asked(first)).isEqualTo("here");
            }
            running.awaitLog("REFUSE " + id() + " from=127.0.0.1:\\d+ reason=per_source");
            running.awaitLog("END " + id());
            served().close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"service_max = 2, on_limit = throttle", "ip_max = 2", "cpm = 2"})
    void asManyAsThatAreServedAndThePortStaysOpen(String options) throws Exception {
        try (RunningServer running = RunningServer.start(entry(PROVIDER, options))) {
            for (int i = 0; i < 2; i++) {
                assertThat(Client.talk(port, "served")).isEqualTo("served");
            }
            for (int i = 0; i < 3; i++) {
                assertThat(isRefused()).isTrue();
            }
            running.awaitListed(id(), "listening|idle");
        }
    }

    @Test
    void inAQueueNobodyIsRefused() throws Exception {
        try (RunningServer running = RunningServer.start(entry(PROGRAM, "service_max = 1, on_limit = queue"))) {
            assertThat(Client.talk(port, "served")).isEqualTo("served");
            try (Socket second = Client.connect(port); Socket third = Client.connect(port)) {
                second.getOutputStream().write("here\n".getBytes(StandardCharsets.US_ASCII));
                awaitPaused(running);
                running.reload(entry(PROGRAM, "service_max = 100, on_limit = queue"));
                assertThat(Client.readLine(second)).isEqualTo("here");
                assertThat(asked(third)).isEqualTo("here");
            }
            assertThat(running.log().containing("REFUSE")).isEmpty();
        }
    }

    @Test
    void clientsOfAWaitServerQueueAsWell() throws Exception {
        String oneByOne = "127.0.0.1:" + port + " on protocol = tcp4, wait = yes, user = -, exec = /usr/bin/perl, "
                + "args = perl -e 'accept(C, STDIN); print C \"served\"', on_limit = queue, service_max = ";
        try (RunningServer running = RunningServer.start(oneByOne + "1;")) {
            assertThat(Client.talk(port, "")).isEqualTo("served");
            try (Socket second = Client.connect(port)) {
                assertThat(running.reload(oneByOne + "2;")).contains("updated=1");
                assertThat(Client.talk(second, "")).isEqualTo("served");
            }
            assertThat(running.log().containing("REFUSE")).isEmpty();
        }
    }

    @Test
    void aWaitServerThatNeverAcceptsIsStoppedByItsLimit() throws Exception {
        try (RunningServer running = RunningServer.start(
                "127.0.0.1:" + port + " stream tcp wait.5 - /bin/true true"); Socket client = Client.connect(port)) {
            assertThat(seesTheEnd(client)).isTrue();
            running.awaitListed(port + "/tcp", "suspended");
            assertThat(running.log().containing("START")).hasSize(5);
        }
    }

    @Test
    void aWaitServerThatNeverAcceptsMayLoseItsClientsInstead() throws Exception {
        try (RunningServer running = RunningServer.start("127.0.0.1:" + port
                + " on protocol = tcp4, wait = yes, user = -, exec = /bin/true, args = true, service_max = 5, on_limit = throttle;");
                Socket client = Client.connect(port); Socket other = Client.connect(port)) {
            assertThat(seesTheEnd(client)).isTrue();
            assertThat(seesTheEnd(other)).isTrue();
            running.awaitListed(id(), "listening|idle");
            assertThat(running.log().containing("START")).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "nowait"})
    void aDatagramServerThatNeverReadsIsStoppedByItsLimit(String mode) throws Exception {
        try (RunningServer running = RunningServer.start(
                "127.0.0.1:" + port + " dgram udp " + mode + ".5 - /bin/true true"); DatagramSocket client = Client.datagrams()) {
            Client.send(client, port, "never read");
            running.awaitListed(port + "/udp", "suspended");
            assertThat(running.log().containing("START")).hasSize(5);
        }
    }
}
