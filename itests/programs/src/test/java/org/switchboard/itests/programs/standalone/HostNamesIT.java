package org.switchboard.itests.programs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Probe;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/** A host name in front of a service stands for all its addresses, as name services know them at each reload. */
class HostNamesIT {

    private static final String ONE = "127.0.0.2";
    private static final String OTHER = "127.0.0.3";
    private static final String NEW = "127.0.0.4";

    /** With /etc/hosts of its own. */
    private static final List<String> OTHER_HOSTS = List.of("unshare", "-m", "/bin/sh", "-c",
            "echo '127.0.0.2 several\n127.0.0.3 several' > hosts && mount --bind hosts /etc/hosts && exec \"$@\"", "sh");

    @BeforeAll
    static void needsMounts() throws Exception {
        Needs.root("another file in the place of /etc/hosts");
        Needs.that(Command.run("unshare", "-m", "mount", "--bind", "/etc/services", "/etc/hosts").status() == 0,
                "no mounts are allowed here");
    }

    private static void hosts(RunningServer server, String text) throws IOException {
        Files.writeString(server.workspace().resolve("hosts"), text);
    }

    private static String talk(String address, int port) throws IOException {
        return talk(address, port, "hello");
    }

    private static String talk(String address, int port, String text) throws IOException {
        try (Socket socket = new Socket(address, port)) {
            return Client.talk(socket, text);
        }
    }

    private static String exchange(String address, int port) throws IOException {
        try (DatagramSocket socket = Client.datagrams(address)) {
            socket.connect(InetAddress.getByName(address), port);
            byte[] bytes = "hello".getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(bytes, bytes.length));
            return Client.receive(socket);
        }
    }

    @Test
    void eachAddressIsServedAlsoWhereAnotherIsInUse() throws Exception {
        int stream = FreePorts.next();
        int datagrams = FreePorts.next();
        int waiting = FreePorts.next();
        ServerSocket holder = new ServerSocket(stream, 1, InetAddress.getByName(OTHER));
        DatagramSocket udpHolder = new DatagramSocket(datagrams, InetAddress.getByName(ONE));
        try (Workspace programs = Workspace.create();
                RunningServer server = RunningServer.startUnder(OTHER_HOSTS, List.of(),
                        "several:" + stream + " stream tcp nowait - internal echo",
                        datagrams + "@several dgram udp nowait - internal echo",
                        "several:" + waiting + " stream tcp wait - " + Probe.compile(programs) + " probe accept")) {
            assertThat(server.listed(stream + "/tcp")).contains("held", ONE + ":" + stream, ", at " + OTHER);
            assertThat(server.listed(datagrams + "/udp")).contains("held", OTHER + ":" + datagrams, ", at " + ONE);
            assertThat(talk(ONE, stream)).isEqualTo("hello");
            assertThat(exchange(OTHER, datagrams)).isEqualTo("hello");
            assertThat(talk(ONE, waiting, "")).startsWith("accepted by ");
            assertThat(talk(OTHER, waiting, "")).startsWith("accepted by ");

            holder.close();
            udpHolder.close();
            server.awaitListed(stream + "/tcp", "idle.*" + OTHER);
            server.awaitListed(datagrams + "/udp", "idle.*" + ONE);
            assertThat(talk(OTHER, stream)).isEqualTo("hello");
            assertThat(exchange(ONE, datagrams)).isEqualTo("hello");
        } finally {
            holder.close();
            udpHolder.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"busybox, idle", "netbsd, 'failed.*has 2 addresses for tcp4, and the entry takes one'"})
    void aDialectListensWhereItsSystemDoes(String dialect, String state) throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.startUnder(OTHER_HOSTS, List.of("--dialect", dialect),
                "several:" + port + " stream tcp nowait root /bin/echo echo served")) {
            assertThat(server.listed(port + "/tcp4")).containsPattern(state).doesNotContain(OTHER);
            assertThat(server.listed(port + "/tcp4").contains(ONE + ":" + port)).isEqualTo(dialect.equals("busybox"));
        }
    }

    @Test
    void aReloadLooksNamesUpAgain() throws Exception {
        int stream = FreePorts.next();
        int later = FreePorts.next();
        try (RunningServer server = RunningServer.startUnder(OTHER_HOSTS, List.of(),
                "several:" + stream + " stream tcp nowait - internal echo",
                "later:" + later + " stream tcp nowait - internal echo")) {
            assertThat(server.listed(later + "/tcp")).contains("failed", "unknown host 'later'");
            try (Socket kept = new Socket(OTHER, stream)) {
                hosts(server, OTHER + " several\n" + NEW + " several\n" + ONE + " later\n");
                assertThat(server.ask("reload").orFail()).contains("failed=0");

                assertThat(server.listed(stream + "/tcp")).contains(OTHER + ":" + stream, NEW + ":" + stream)
                        .doesNotContain(ONE + ":");
                assertThat(talk(NEW, stream)).isEqualTo("hello");
                assertThat(talk(ONE, later)).isEqualTo("hello");
                assertThat(Client.talk(kept, "goes on")).isEqualTo("goes on");
            }
            hosts(server, "::2 several\n");
            server.reload("several:" + stream + " stream tcp4 nowait - internal echo");
            assertThat(server.listed(stream + "/tcp4")).contains("failed", "'several' has no address for tcp4");
        }
    }
}
