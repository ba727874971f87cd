package org.switchboard.itests.programs.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Probe;
import org.switchboard.itests.programs.Probe.Report;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/** Lines of an inetd.conf as those inetds know them that have tcpmux. */
class TcpmuxIT {

    private static String mux(int port) {
        return "127.0.0.1:" + port + " stream tcp nowait root internal tcpmux";
    }

    @Test
    void whatIsSentBehindTheNameIsThereForTheProgram() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start(mux(port), "tcpmux/+cat stream tcp nowait - /bin/cat cat",
                "tcpmux/Own stream tcp nowait - /bin/sh sh -c 'echo +Mine; exec cat'")) {
            assertThat(Client.talk(port, "cat\r\nhello\r\n")).as("log:%n%s", server.log()).isEqualTo("+Go\r\nhello\r\n");
            assertThat(Client.talk(port, "own\r\nhello\r\n")).isEqualTo("+Mine\nhello\r\n");
            assertThat(Client.talk(port, "help\r\n")).isEqualTo("Own\r\ncat\r\n");
            assertThat(Client.talk(port, "dog\r\n")).isEqualTo("-Service not available\r\n");
            server.awaitLog("END " + port + "/tcp@127.0.0.1#\\d+ outcome=passed .*to=tcpmux/cat/tcp");
            server.awaitLog("END tcpmux/cat/tcp#\\d+ outcome=ok");
            assertThat(server.listed("tcpmux/cat/tcp")).contains("reached through tcpmux");
        }
    }

    /** The port of the multiplexer comes first in the file, its services last, and between them what takes the server a while. */
    private static String[] services(int port, List<Integer> others, String name) {
        List<String> lines = new ArrayList<>(List.of(mux(port)));
        others.forEach(other -> lines.add("127.0.0.1:" + other + " stream tcp nowait - /bin/cat cat"));
        for (int i = 0; i < 50; i++) {
            lines.add("tcpmux/+" + name + i + " stream tcp nowait - /bin/cat cat");
        }
        return lines.toArray(String[]::new);
    }

    /** What the port says from the moment in which it is open. */
    private static String firstAnswer(int port, String name) throws IOException {
        long end = System.nanoTime() + RunningServer.DEADLINE.toNanos();
        while (true) {
            try {
                return Client.talk(port, name + "\r\n");
            } catch (IOException closed) {
                assertThat(System.nanoTime() - end).as("%s", closed).isNegative();
            }
        }
    }

    @Test
    void theServicesAreThereBeforeThePortAnswers() throws Exception {
        int port = FreePorts.next();
        List<Integer> others = IntStream.range(0, 200).map(i -> FreePorts.next()).boxed().toList();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<String>> first = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                first.add(threads.submit(() -> firstAnswer(port, "cat49")));
            }
            try (RunningServer server = RunningServer.start(services(port, others, "cat"))) {
                for (Future<String> answer : first) {
                    assertThat(answer.get()).as("log:%n%s", server.log()).isEqualTo("+Go\r\n");
                }
                assertThat(server.reload(services(port, others, "dog"))).contains("failed=0");
                assertThat(Client.talk(port, "dog49\r\n")).isEqualTo("+Go\r\n");
                assertThat(Client.talk(port, "cat49\r\n")).isEqualTo("-Service not available\r\n");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theProgramGetsTheVeryConnectionAndItsOwnUser() throws Exception {
        Needs.root("a program is to run as nobody");
        int port = FreePorts.next();
        try (Workspace workspace = Workspace.create()) {
            Path probe = Probe.compile(workspace);
            try (RunningServer server = RunningServer.start(mux(port), "tcpmux/probe stream tcp nowait nobody " + probe + " probe");
                    Socket client = Client.connect(port)) {
                client.getOutputStream().write("probe\r\n".getBytes(StandardCharsets.US_ASCII));
                Report report = Report.of(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
                assertThat(report.value("peer")).as("log:%n%s", server.log())
                        .isEqualTo("AF_INET 127.0.0.1 " + client.getLocalPort());
                assertThat(report.value("local")).isEqualTo("AF_INET 127.0.0.1 " + port);
                assertThat(report.all("descriptor ")).containsExactly("0=blocking", "1=blocking", "2=blocking");
                assertThat(report.all("fd ")).hasSize(3);
                assertThat(report.value("uid")).doesNotContain("0 0 0");
                assertThat(report.value("root again")).isEqualTo("no");
            }
        }
    }
}
