package org.switchboard.itests.programs.misbehaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.CompiledBundle;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Mailbox;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

class WreckerIT {

    private static final List<String> KINDS =
            List.of("open", "answer", "overflow", "linkage", "memory", "added", "active", "read", "shutdown");
    /** More than there are event loops: one of them is on the loop of each wrecker. */
    private static final int NEIGHBOURS = 8;

    private static final Map<String, Integer> PORTS = new LinkedHashMap<>();
    private static final List<Integer> NEIGHBOUR_PORTS = new ArrayList<>();
    private static Workspace files;
    private static Mailbox manager;
    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        files = Workspace.create();
        List<String> lines = new ArrayList<>();
        for (String kind : KINDS) {
            PORTS.put(kind, FreePorts.next());
            lines.add("127.0.0.1:" + PORTS.get(kind) + " stream tcp nowait - internal wrecker " + kind);
        }
        PORTS.put("datagram", FreePorts.next());
        lines.add("127.0.0.1:" + PORTS.get("datagram") + " dgram udp nowait - internal wrecker datagram");
        for (int i = 0; i < NEIGHBOURS; i++) {
            NEIGHBOUR_PORTS.add(FreePorts.next());
            lines.add("127.0.0.1:" + NEIGHBOUR_PORTS.get(i) + " stream tcp nowait - internal echo");
        }
        PORTS.put("block", FreePorts.next());
        lines.add("127.0.0.1:" + PORTS.get("block") + " stream tcp nowait - internal wrecker block "
                + files.resolve("go-on"));
        Command.run("mkfifo", files.resolve("go-on").toString()).orFail();
        manager = Mailbox.at(files.resolve("notify"));
        server = RunningServer.startUnder(
                List.of("env", "NOTIFY_SOCKET=" + manager.address(), "WATCHDOG_USEC=3000000"), List.of(), lines.toArray(String[]::new));
        Path jar = new CompiledBundle("org.example.wrecker", "1.0.0",
                "org.switchboard.api.provider,org.switchboard.api.entry,org.switchboard.netty,io.netty.channel;owner=switchboard,"
                        + "io.netty.util.concurrent;owner=switchboard",
                List.of("org.switchboard.api", "org.switchboard.netty", "org.switchboard.netty.transport"))
                .build(server.workspace(), Map.of("Wrecker", CompiledBundle.text("/misbehaviour/Wrecker.java.txt")),
                        CompiledBundle.text("/misbehaviour/component.xml.txt"));
        Files.move(jar, server.workspace().resolve("state/deploy/wrecker.jar"));
        for (String kind : KINDS) {
            server.awaitListed(PORTS.get(kind) + "/tcp", "idle");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        if (manager != null) {
            manager.close();
        }
        files.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "answer", "overflow", "linkage", "memory", "added", "active", "read"})
    void anErrorCostsTheSessionAndNothingElse(String kind) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(talk(PORTS.get(kind))).isEmpty();
        }
        server.awaitLog("WARN .*" + PORTS.get(kind)
                + "/tcp.*provider 'wrecker' of org.example.wrecker \\[\\d+\\] failed: java.lang.*Error: in ");
        assertThatAllAreServed();
        assertThat(server.ask("show", PORTS.get(kind) + "/tcp").orFail()).contains("3 started, 0 refused, 3 failed");
    }

    @Test
    void anErrorCostsTheDatagramAndNothingElse() throws Exception {
        try (DatagramSocket client = Client.datagrams()) {
            Client.send(client, PORTS.get("datagram"), "x");
            server.awaitLog("WARN .*" + PORTS.get("datagram") + "/udp.*'wrecker'.* failed: java.lang.Error: in serve");
        }
        assertThatAllAreServed();
    }

    @Test
    void aLoopThatAProviderEndsIsReplacedWithItsPorts() throws Exception {
        try (Socket wrecker = Client.connect(PORTS.get("shutdown"))) {
            assertThat(wrecker.getInputStream().read()).isEqualTo(-1);
        }
        server.awaitLog("ERROR .*event loop switchboard-loop-\\S+ has ended; its sessions end, and another loop takes over");
        assertThatAllAreServed();
        for (int port : NEIGHBOUR_PORTS) {
            server.awaitListed(port + "/tcp", "idle");
        }
        assertThat(server.ask("reload").orFail()).doesNotContain("event executor terminated").contains("0 failed");
        assertThatAllAreServed();
    }

    /** The service manager would restart the server: that is what it is told about a loop that answers no more. */
    @Test
    void signsOfLifeEndWhileALoopIsBlocked() throws Exception {
        manager.await("^WATCHDOG=1$");
        try (Socket wrecker = Client.connect(PORTS.get("block"))) {
            server.awaitLog("no sign of life for the service manager: a thread has not answered for \\d+ s");
            int before = manager.count();
            Files.newOutputStream(files.resolve("go-on")).close();
            manager.await("^WATCHDOG=1$", before);
            assertThat(Client.talk(wrecker, "")).isEmpty();
        }
        assertThatAllAreServed();
    }

    private static void assertThatAllAreServed() throws IOException {
        for (int port : NEIGHBOUR_PORTS) {
            assertThat(Client.talk(port, "hello")).isEqualTo("hello");
        }
    }

    /** What the client gets, if it is not cut before. */
    private static String talk(int port) throws IOException {
        try {
            return Client.talk(port, "x");
        } catch (SocketException cut) {
            return "";
        }
    }
}
