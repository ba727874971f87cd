package org.switchboard.itests.programs.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/** Echo, discard, chargen, daytime and time, byte by byte, in a server whose locale writes other digits and names of days. */
class SmallServicesIT {

    private static final List<String> IN_EGYPT = List.of("/usr/bin/env", "LANG=ar_EG.UTF-8", "LC_ALL=ar_EG.UTF-8", "TZ=UTC",
            "SWITCHBOARD_JAVA_OPTS=-Duser.language=ar -Duser.country=EG");
    private static final String FIRST_LINE = line(0);
    private static final long FROM_1900 = 2_208_988_800L;

    private static Workspace folder;
    private static RunningServer server;
    private static final int ECHO = FreePorts.next();
    private static final int DISCARD = FreePorts.next();
    private static final int CHARGEN = FreePorts.next();
    private static final int DAYTIME = FreePorts.next();
    private static final int TIME = FreePorts.next();

    @BeforeAll
    static void start() throws Exception {
        Needs.installed(Files.exists(Path.of("/etc/services")), "no /etc/services, for the other names of services", "netbase");
        folder = Workspace.create();
        server = RunningServer.startUnder(IN_EGYPT, List.of(),
                both(ECHO, "echo"), both(DISCARD, "sink"), both(CHARGEN, "source"), both(DAYTIME, "daytime"), both(TIME, "timserver"),
                folder.resolve("echo") + " stream unix nowait - internal", folder.resolve("null") + " stream unix nowait - internal");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        if (folder != null) {
            folder.close();
        }
    }

    private static String both(int port, String service) {
        return "127.0.0.1:" + port + " stream tcp nowait - internal " + service + "\n"
                + "127.0.0.1:" + port + " dgram udp wait - internal " + service;
    }

    private static String line(int first) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < 72; i++) {
            line.append((char) (' ' + (first + i) % 95));
        }
        return line.append("\r\n").toString();
    }

    private static String ask(int port, String text) throws Exception {
        try (DatagramSocket socket = Client.datagrams()) {
            Client.send(socket, port, text);
            return Client.receive(socket);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void echoAnswersDatagramsOfEveryLengthAnEmptyOneToo() throws Exception {
        assertThat(ask(ECHO, "")).isEmpty();
        assertThat(ask(ECHO, "x")).isEqualTo("x");
        for (int length : new int[] {9000, 65_507}) {
            assertThat(ask(ECHO, "long".repeat(20_000).substring(0, length))).hasSize(length).startsWith("longlong");
        }
    }

    @Test
    void echoAnswersAWholeConnection() throws Exception {
        assertThat(Client.talk(ECHO, "abc".repeat(100_000))).isEqualTo("abc".repeat(100_000));
    }

    @Test
    void discardIsSilent() throws Exception {
        assertThat(Client.talk(DISCARD, "anything")).isEmpty();
        try (DatagramSocket socket = Client.datagrams()) {
            socket.setSoTimeout(300);
            Client.send(socket, DISCARD, "anything");
            assertThatThrownBy(() -> Client.receive(socket)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void chargenSendsOneLineForADatagramAndTheNextLineForTheNext() throws Exception {
        String first = ask(CHARGEN, "");
        assertThat(first).hasSize(74).isEqualTo(FIRST_LINE);
        assertThat(ask(CHARGEN, "whatever is in it")).isEqualTo(line(1)).startsWith("!\"#");
    }

    @Test
    void chargenSendsLinesWithoutEnd() throws Exception {
        try (var socket = Client.connect(CHARGEN)) {
            byte[] begin = socket.getInputStream().readNBytes(74 * 96);
            assertThat(new String(begin, StandardCharsets.US_ASCII)).startsWith(FIRST_LINE + line(1)).endsWith(line(94) + FIRST_LINE);
        }
    }

    @Test
    void daytimeIsThatOfTheCLocaleInTheZoneOfTheServer() throws Exception {
        String pattern = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
                + " [ 1-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-6][0-9] 20[0-9][0-9]\r\n";
        assertThat(Client.talk(DAYTIME, "")).hasSize(26).matches(pattern);
        assertThat(ask(DAYTIME, "")).hasSize(26).matches(pattern);
    }

    @Test
    void timeHasFourBytes() throws Exception {
        for (String answer : List.of(Client.talk(TIME, ""), ask(TIME, ""))) {
            byte[] bytes = bytes(answer);
            assertThat(bytes).hasSize(4);
            long seconds = 0;
            for (byte each : bytes) {
                seconds = seconds << 8 | each & 0xff;
            }
            assertThat(Instant.ofEpochSecond(seconds - FROM_1900)).isBefore(Instant.now().plusSeconds(5))
                    .isAfter(Instant.now().minusSeconds(3600));
        }
    }

    @Test
    void theNameOfAUnixSocketSaysWhichServiceItIs() throws Exception {
        assertThat(talk(folder.resolve("echo"), "hello")).isEqualTo("hello");
        assertThat(talk(folder.resolve("null"), "hello")).isEmpty();
    }

    private static String talk(Path path, String text) throws Exception {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            Channels.newOutputStream(channel).write(bytes(text));
            channel.shutdownOutput();
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
