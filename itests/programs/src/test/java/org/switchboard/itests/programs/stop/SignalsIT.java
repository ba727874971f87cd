package org.switchboard.itests.programs.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;

class SignalsIT {

    /** Two seconds, and what a machine that is busy with other builds adds. */
    private static final Duration BOUND = Duration.ofSeconds(2 + 3);

    private final int port = FreePorts.next();

    @Test
    void terminationEndsTheServerInTimeAndItsProgramsLiveOn() throws Exception {
        int inside = FreePorts.next();
        try (RunningServer server = RunningServer.start(
                "127.0.0.1:" + port + " stream tcp nowait - /bin/sh sh -c 'echo $$; exec cat'",
                "127.0.0.1:" + inside + " stream tcp nowait - internal echo");
                Socket toProgram = Client.connect(port);
                Socket toProvider = Client.connect(inside)) {
            ProcessHandle program = ProcessHandle.of(Long.parseLong(Client.readLine(toProgram))).orElseThrow();
            toProvider.getOutputStream().write("x\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(Client.readLine(toProvider)).isEqualTo("x");

            Instant start = Instant.now();
            assertThat(server.terminate()).isZero();
            assertThat(Duration.between(start, Instant.now())).isLessThan(BOUND);
            assertThat(Client.isOpen(port)).isFalse();
            assertThat(toProvider.getInputStream().read()).isEqualTo(-1);
            assertThat(program.isAlive()).isTrue();
            assertThat(Client.talk(toProgram, "still there")).isEqualTo("still there");
            program.onExit().join();
        }
    }

    @Test
    void drainWaitsForTheSessionsThatRun() throws Exception {
        try (RunningServer server = RunningServer.startUnder(List.of(), List.of("--drain"),
                "127.0.0.1:" + port + " stream tcp nowait - internal echo");
                Socket session = Client.connect(port)) {
            session.getOutputStream().write("x\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(Client.readLine(session)).isEqualTo("x");
            server.signal("TERM");
            while (Client.isOpen(port)) {
                Thread.onSpinWait();
            }
            assertThat(Client.talk(session, "to the end")).isEqualTo("to the end");
            assertThat(server.terminate()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "nohup"})
    void hangupReloadsWhateverTheServerWasStartedWith(String starter) throws Exception {
        int other = FreePorts.next();
        try (RunningServer server = RunningServer.startUnder(List.of(starter), List.of(),
                "127.0.0.1:" + port + " stream tcp nowait - internal echo")) {
            server.workspace().write("inetd.conf", "127.0.0.1:" + other + " stream tcp nowait - internal echo\n");
            server.signal("HUP");
            server.awaitLog("opened=1 .*closed=1");
            assertThat(Client.talk(other, "x")).isEqualTo("x");
        }
    }

    @Test
    void theSignalsOfXinetdNeitherEndTheServerNorReachItsPrograms() throws Exception {
        try (RunningServer server = RunningServer.start(
                "127.0.0.1:" + port + " stream tcp nowait - /bin/sh sh -c 'kill -USR1 $$; echo lived'")) {
            server.signal("USR1");
            server.signal("USR2");
            server.awaitLog("SIGUSR1 is ignored");
            server.awaitLog("SIGUSR2 is ignored; SIGHUP reads the configuration again");

            assertThat(Client.talk(port, "")).isEmpty();
            server.awaitLog("END " + port + "/tcp.* outcome=signal=10 ");
        }
    }

    @Test
    void theSignalsOfXinetdDoNotEndTheServerWhileItStarts() throws Exception {
        String shooting = "trap '' USR1 USR2; (i=0; while [ $((i += 1)) -lt 300000 ] && kill -USR1 $$ && kill -USR2 $$;"
                + " do :; done) 2> /dev/null & exec \"$@\"";
        try (RunningServer server = RunningServer.startUnder(List.of("/bin/sh", "-c", shooting, "sh"), List.of(),
                "127.0.0.1:" + port + " stream tcp nowait - internal echo")) {
            assertThat(Client.talk(port, "x")).isEqualTo("x");
            assertThat(server.terminate()).isZero();
        }
    }
}
