package org.switchboard.itests.programs.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;

/** Clients that never read, and one that does: with little memory, so that a few hundred are as bad as thousands. */
class SlowReadersIT {

    private static final int CLIENTS = 400;
    private static final int EACH = 512 * 1024;
    /** What is allocated past this fails, after half a second each time. */
    private static final String MEMORY = "-XX:MaxDirectMemorySize=16m";

    private static int echo;
    private static int daytime;
    private static int chargen;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        echo = FreePorts.next();
        daytime = FreePorts.next();
        chargen = FreePorts.next();
        server = RunningServer.startUnder(List.of("env", "SWITCHBOARD_JAVA_OPTS=" + MEMORY), List.of(),
                "127.0.0.1:" + echo + " stream tcp,sndbuf=4k nowait - internal echo",
                "127.0.0.1:" + daytime + " stream tcp nowait - internal daytime",
                "127.0.0.1:" + chargen + " stream tcp,sndbuf=4k nowait - internal chargen");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void othersAreServedWhileManyClientsSendAndNeverRead() throws Exception {
        List<SocketChannel> clients = connect(echo);
        try {
            for (int round = 0; round < EACH / 16_384; round++) {
                for (SocketChannel client : clients) {
                    send(client);
                }
                if (round % 8 == 0) {
                    assertThatOthersAreServed();
                }
            }
        } finally {
            close(clients);
        }
        assertThatOthersAreServed();
        server.awaitListed(echo + "/tcp", "idle");
        assertThat(server.log().toString()).doesNotContain("OutOfMemoryError").doesNotContain("failed:");
    }

    @Test
    void othersAreServedWhileManyClientsAreSentToAndNeverRead() throws Exception {
        List<SocketChannel> clients = connect(chargen);
        try {
            assertThatOthersAreServed();
        } finally {
            close(clients);
        }
        assertThatOthersAreServed();
        server.awaitListed(chargen + "/tcp", "idle");
        assertThat(server.log().toString()).doesNotContain("OutOfMemoryError").doesNotContain("failed:");
    }

    private static List<SocketChannel> connect(int port) throws IOException {
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            SocketChannel client = SocketChannel.open();
            clients.add(client);
            client.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            client.setOption(StandardSocketOptions.SO_SNDBUF, 4096);
            client.connect(new InetSocketAddress("127.0.0.1", port));
            client.configureBlocking(false);
        }
        return clients;
    }

    /** As much as the kernel takes; the server may have closed it. */
    private static void send(SocketChannel client) {
        try {
            client.write(ByteBuffer.allocate(16_384));
        } catch (IOException closed) {
            // One of those that kept most.
            return;
        }
    }

    private static void close(List<SocketChannel> clients) throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    private static void assertThatOthersAreServed() throws IOException {
        assertThat(Client.talk(daytime, "")).endsWith("\r\n");
        assertThat(Client.talk(echo, "hello")).isEqualTo("hello");
    }
}
