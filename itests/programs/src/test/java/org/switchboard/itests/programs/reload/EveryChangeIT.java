package org.switchboard.itests.programs.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Kernel;
import org.switchboard.itests.programs.Probe;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/** What a reload does to each kind of change, also where no inetd gets it right. */
class EveryChangeIT {

    private final int port = FreePorts.next();
    private final int other = FreePorts.next();
    private Workspace files;
    private Path accepting;

    /** A server for {@code wait}: tells its process id and what was said, to one client after the other, until one says end. */
    @BeforeEach
    void write() throws Exception {
        files = Workspace.create();
        accepting = files.program("accepting", """
                #!/usr/bin/perl
                while (accept(C, STDIN)) { $said = <C>; print C "$$ $said"; close C; exit if $said =~ /^end/ }
                """);
    }

    @AfterEach
    void remove() throws Exception {
        files.close();
    }

    private String line(String server) {
        return "127.0.0.1:" + port + " stream tcp nowait - " + server;
    }

    private String waiting() {
        return "127.0.0.1:" + port + " stream tcp wait - " + accepting + " accepting";
    }

    private String unrelated() {
        return "127.0.0.1:" + other + " stream tcp nowait - internal echo";
    }

    private String said(String text) throws Exception {
        return Client.talk(port, text + "\n");
    }

    private static String pid(String answer) {
        return answer.substring(0, answer.indexOf(' '));
    }

    @Nested
    class WhileAWaitProgramRuns {

        @Test
        void nothingHappensToItWhenNothingChanges() throws Exception {
            try (RunningServer server = RunningServer.start(waiting(), unrelated())) {
                String program = pid(said("one"));
                assertThat(server.reload(unrelated(), waiting())).contains("opened=0 kept=2 updated=0 closed=0 failed=0");
                assertThat(server.reload(unrelated(), waiting())).contains("kept=2");
                assertThat(said("two")).isEqualTo(program + " two\n");
                assertThat(server.log().containing("START")).hasSize(1);
            }
        }

        @Test
        void nowaitTakesThePortWhenItEnds() throws Exception {
            try (RunningServer server = RunningServer.start(waiting())) {
                String program = pid(said("one"));
                assertThat(server.reload(line("/bin/echo echo connected")))
                        .contains("waiting for the running program to give back the socket");
                assertThat(said("two")).isEqualTo(program + " two\n");
                assertThat(said("end")).isEqualTo(program + " end\n");
                server.awaitListed(port + "/tcp", "listening|idle");
                assertThat(Client.talk(port, "")).isEqualTo("connected\n");
            }
        }

        @Test
        void aProviderTakesThePortWhenItEnds() throws Exception {
            try (RunningServer server = RunningServer.start(waiting())) {
                said("one");
                server.reload(line("internal echo"));
                said("end");
                server.awaitListed(port + "/tcp", "listening|idle");
                assertThat(Client.talk(port, "a provider")).isEqualTo("a provider");
            }
        }

        @Test
        void itsNextVersionIsStartedWhenItEnds() throws Exception {
            try (RunningServer server = RunningServer.start(waiting())) {
                said("one");
                assertThat(server.reload("127.0.0.1:" + port + " stream tcp wait - /usr/bin/perl perl -e "
                        + "'accept(C,STDIN); print C \"next\\n\"'")).contains("updated=1");
                assertThat(said("end")).endsWith(" end\n");
                assertThat(Client.talk(port, "")).isEqualTo("next\n");
            }
        }

        @Test
        void aRemovedEntryLeavesThePortToItAndGetsItBackWhenItEnds() throws Exception {
            try (RunningServer server = RunningServer.start(waiting())) {
                String program = pid(said("one"));
                assertThat(server.reload(unrelated())).contains("opened=1 kept=0 updated=0 closed=1 failed=0");
                assertThat(said("removed")).isEqualTo(program + " removed\n");
                assertThat(server.reload(waiting())).contains("failed=1").contains("(pid " + program + ")");
                assertThat(said("back again")).isEqualTo(program + " back again\n");
                assertThat(said("end")).isEqualTo(program + " end\n");
                server.awaitListed(port + "/tcp", "listening|idle");
                assertThat(pid(said("new"))).isNotEqualTo(program);
            }
        }
    }

    @Test
    void wordsOfAProgramCountForTheNextClientAndRunningOnesGoOn() throws Exception {
        try (RunningServer server = RunningServer.start(line("/bin/sh sh -c 'read x; echo old $x'"));
                Socket running = Client.connect(port)) {
            server.awaitLog("START " + port);
            String inode = Kernel.listener(port).orElseThrow();
            assertThat(server.reload(line("/bin/sh sh -c 'read x; echo new $x'"))).contains("updated=1");
            assertThat(Client.talk(port, "program\n")).isEqualTo("new program\n");
            assertThat(Client.talk(running, "program\n")).isEqualTo("old program\n");
            assertThat(Kernel.listener(port)).contains(inode);
        }
    }

    @Test
    void otherBuffersOpenAnotherSocket() throws Exception {
        Path probe = Probe.compile(files);
        try (RunningServer server = RunningServer.start(line(probe + " probe buffers"))) {
            String changed = line(probe + " probe buffers").replace("tcp", "tcp,sndbuf=16k,rcvbuf=16k");
            assertThat(server.reload(changed)).contains("opened=1 kept=0 updated=0 closed=1 failed=0");
            assertThat(Client.talk(port, "")).isEqualTo("sndbuf=32768\nrcvbuf=32768\n");
        }
    }

    @Test
    void anotherSocketTypeOpensAnotherSocket() throws Exception {
        Path path = files.resolve("socket");
        try (RunningServer server = RunningServer.start(path + " stream unix nowait - internal echo")) {
            assertThat(server.reload(path + " dgram unix wait - internal discard")).contains("failed=0");
            assertThat(socketType(path)).isEqualTo("0002");
            assertThat(server.reload(path + " stream unix nowait - internal echo")).contains("failed=0");
            assertThat(socketType(path)).isEqualTo("0001");
        }
    }

    /** As /proc/net/unix says it: 0001 for streams, 0002 for datagrams. */
    private static String socketType(Path path) throws Exception {
        return Files.readAllLines(Path.of("/proc/net/unix")).stream().filter(line -> line.endsWith(" " + path))
                .map(line -> line.split("\\s+")[4]).findFirst().orElse("none");
    }

    @Test
    void datagramsForAProviderAProgramOrOneForEachPeer() throws Exception {
        Path probe = Probe.compile(files);
        String begin = "127.0.0.1:" + port + " dgram udp ";
        try (RunningServer server = RunningServer.start(begin + "wait - internal echo"); DatagramSocket client = Client.datagrams()) {
            assertThat(answer(client)).isEqualTo("text");
            assertThat(server.reload(begin + "wait - " + probe + " probe answer")).contains("updated=1");
            assertThat(answer(client)).isEqualTo("TEXT");
            assertThat(server.reload(begin + "nowait - " + probe + " probe reply")).contains("failed=");
            assertThat(answer(client)).startsWith("text from " + client.getLocalPort());
            assertThat(server.reload(begin + "wait - internal echo")).contains("failed=0");
            assertThat(answer(client)).isEqualTo("text");
        }
    }

    private String answer(DatagramSocket client) throws Exception {
        Client.send(client, port, "text");
        return Client.receive(client);
    }

    @Test
    void anEntryThatIsTakenOutAndPutBackChangesNoOther() throws Exception {
        try (RunningServer server = RunningServer.start(line("internal echo"), unrelated())) {
            String inode = Kernel.listener(other).orElseThrow();
            assertThat(server.reload("#" + line("internal echo"), unrelated())).contains("kept=1 updated=0 closed=1");
            assertThat(Client.isOpen(port)).isFalse();
            assertThat(server.reload(unrelated(), line("internal echo"))).contains("opened=1 kept=1 updated=0 closed=0");
            assertThat(Client.talk(port, "back")).isEqualTo("back");
            assertThat(Kernel.listener(other)).contains(inode);
        }
    }

    @Test
    void theLastOfTwoLinesCountsAndTheFirstIsNamed() throws Exception {
        try (RunningServer server = RunningServer.start(unrelated())) {
            assertThat(server.reload(unrelated(), line("/bin/echo echo first"), line("/bin/echo echo last")))
                    .contains("inetd.conf:2: warning:").contains("inetd.conf:3").contains("opened=1 kept=1");
            assertThat(Client.talk(port, "")).isEqualTo("last\n");
        }
    }

    @Test
    void aSecondFileIsKeptAsTheFirstIsAndKeepsWhatItSaidWhenItIsGone() throws Exception {
        Path second = files.write("second.conf", line("internal echo") + "\n");
        try (RunningServer server = RunningServer.startUnder(List.of(), List.of(second.toString()), unrelated());
                Socket session = Client.connect(port)) {
            String inode = Kernel.listener(port).orElseThrow();
            assertThat(server.ask("reload").output()).contains("opened=0 kept=2 updated=0 closed=0 failed=0");
            Files.delete(second);
            assertThat(server.ask("reload").output()).contains("second.conf");
            assertThat(Client.talk(port, "still here")).isEqualTo("still here");
            assertThat(Client.talk(other, "and the first")).isEqualTo("and the first");
            session.getOutputStream().write("going on\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(Client.readLine(session)).isEqualTo("going on");
            assertThat(Kernel.listener(port)).contains(inode);
        }
    }
}
