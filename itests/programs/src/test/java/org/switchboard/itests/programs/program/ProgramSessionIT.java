package org.switchboard.itests.programs.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Kernel;
import org.switchboard.itests.programs.RunningServer;

class ProgramSessionIT {

    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    @Test
    void theProgramHoldsTheVerySocketThatTheClientIsConnectedTo() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start(
                "127.0.0.1:" + port + " stream tcp nowait - /bin/sh sh -c 'readlink /proc/$$/fd/0; read line'");
                Socket client = Client.connect(port)) {
            String socket = Client.readLine(client);
            // Looked up when the connection has been accepted; before that it has no inode.
            assertThat(socket).isEqualTo("socket:[" + Kernel.connection(port, client.getLocalPort()).orElseThrow() + "]");
            assertThat(server.ask("sessions").orFail()).contains("pid=").contains("127.0.0.1:" + client.getLocalPort());
            client.getOutputStream().write('\n');
        }
    }

    @Test
    void aClientThatSendsAndHalfClosesBeforeTheProgramStartsLosesNoByte() throws Exception {
        int port = FreePorts.next();
        String sent = "0123456789abcdef".repeat(3_000);
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " stream tcp nowait - /bin/cat cat")) {
            server.signal("STOP");
            try (Socket client = Client.connect(port)) {
                client.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
                server.signal("CONT");
                assertThat(client.getInputStream().readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo(sent);
            }
        }
    }

    @Test
    void theLogTellsExitStatusCpuTimeAndThePeakMemoryOfTheProgramItself() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " stream tcp nowait - /bin/true true")) {
            assertThat(Client.talk(port, "")).isEmpty();
            Matcher end = server.awaitLog("END " + port + "/tcp.* outcome=ok .*pid=\\d+ .*cpu=(\\S+) .*peak=([0-9.]+)([KMG]?)");
            assertThat(Double.parseDouble(end.group(1))).isLessThan(1);
            long unit = switch (end.group(3)) {
                case "K" -> 1024;
                case "M" -> 1024 * 1024;
                case "G" -> 1024 * 1024 * 1024;
                default -> 1;
            };
            assertThat(Double.parseDouble(end.group(2)) * unit).isPositive().isLessThan(TEN_MEGABYTES);
        }
    }

    @Test
    void exitStatusAndSignalAreTold() throws Exception {
        int exit = FreePorts.next();
        int signal = FreePorts.next();
        try (RunningServer server = RunningServer.start(
                "127.0.0.1:" + exit + " stream tcp nowait - /bin/sh sh -c 'exit 3'",
                "127.0.0.1:" + signal + " stream tcp nowait - /bin/sh sh -c 'kill -9 $$'")) {
            Client.talk(exit, "");
            server.awaitLog("END " + exit + "/tcp.* outcome=exit=3 ");
            Client.talk(signal, "");
            server.awaitLog("END " + signal + "/tcp.* outcome=signal=9 ");
        }
    }

    /** A program that ignores SIGTERM, with a child that does so, too, and holds the connection as well. */
    private static final String DEAF = " stream tcp nowait - /bin/sh sh -c 'trap \"\" TERM; echo $$; cat; cat'";

    @Test
    void aSessionThatIgnoresItsEndIsKilledByTheSecondRequest() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port
                + DEAF); Socket client = Client.connect(port)) {
            ProcessHandle program = ProcessHandle.of(Long.parseLong(Client.readLine(client))).orElseThrow();

            assertThat(server.ask("end", port + "/tcp").orFail()).startsWith("1 session told to end, still running: ");
            client.getOutputStream().write("still there\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(Client.readLine(client)).isEqualTo("still there");
            assertThat(server.ask("end", port + "/tcp").orFail()).isEqualTo("1 session ended\n");
            assertThat(server.ask("sessions").orFail()).doesNotContain(port + "/tcp");

            // The end of the stream comes only when the child has gone as well.
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            program.onExit().join();
            server.awaitLog("END " + port + "/tcp.* outcome=signal=9 ");
        }
    }

    @Test
    void endWithKillKillsASessionAtOnce() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port
                + DEAF); Socket client = Client.connect(port)) {
            Client.readLine(client);

            assertThat(server.ask("end", "--kill", port + "/tcp").orFail()).isEqualTo("1 session killed\n");

            assertThat(client.getInputStream().read()).isEqualTo(-1);
            server.awaitLog("END " + port + "/tcp.* outcome=signal=9 ");
        }
    }

    @Test
    void aSessionCanBeEnded() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " stream tcp nowait - /bin/cat cat");
                Socket client = Client.connect(port)) {
            server.awaitListed(port + "/tcp", "running");
            assertThat(server.ask("end", port + "/tcp").orFail()).isEqualTo("1 session ended\n");
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            server.awaitLog("END " + port + "/tcp.* outcome=signal=15 ");
        }
    }
}
