package org.switchboard.itests.programs.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command.Result;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Kernel;
import org.switchboard.itests.programs.RunningServer;

class VerbsIT {

    /** The first answer may be right by chance. */
    private static final int ROUNDS = 5;

    private static final int ECHO = FreePorts.next();
    private static final int PROGRAM = FreePorts.next();
    private static final String[] ENTRIES = {
        "127.0.0.1:" + ECHO + " stream tcp nowait - internal echo",
        "127.0.0.1:" + ECHO + " dgram udp nowait - internal echo",
        "127.0.0.1:" + PROGRAM + " stream tcp nowait - /bin/cat cat",
    };

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(ENTRIES);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void allAsTheyWere() throws Exception {
        server.reload(ENTRIES);
    }

    private static String id(int port) {
        return port + "/tcp@127.0.0.1";
    }

    @Test
    void suspendAndResumeAnswerWithTheStateThatTheyBroughtAbout() throws Exception {
        for (int port : new int[] {ECHO, PROGRAM}) {
            for (int i = 0; i < ROUNDS; i++) {
                assertThat(server.ask("suspend", port + "/tcp"))
                        .isEqualTo(new Result(0, id(port) + " is suspended by the operator\n"));
                assertThat(Client.isOpen(port)).isFalse();
                assertThat(server.ask("resume", port + "/tcp")).isEqualTo(new Result(0, id(port) + " is idle\n"));
                assertThat(Client.talk(port, "open")).isEqualTo("open");
            }
        }
    }

    @Test
    void resumeFailsWithTheReasonIfThePortCannotBeOpened() throws Exception {
        server.ask("suspend", id(ECHO)).orFail();
        try (ServerSocket taken = new ServerSocket()) {
            taken.setReuseAddress(true);
            taken.bind(new InetSocketAddress("127.0.0.1", ECHO));
            Result resumed = server.ask("resume", id(ECHO));
            assertThat(resumed.status()).isEqualTo(1);
            assertThat(resumed.output()).startsWith(id(ECHO) + " is held: port " + ECHO + "/tcp is in use by ");
        }
        assertThat(server.ask("resume", id(ECHO))).isEqualTo(new Result(0, id(ECHO) + " is idle\n"));
    }

    @Test
    void reloadFailsWithErrorsAndWithServicesThatDoNotRun() throws Exception {
        assertThat(server.ask("reload").status()).isZero();

        server.workspace().write("inetd.conf", String.join("\n", ENTRIES) + "\necho stream tpc nowait - internal\n");
        Result withError = server.ask("reload");
        assertThat(withError.output()).contains("tpc").endsWith("opened=0 kept=3 updated=0 closed=0 failed=0\n");
        assertThat(withError.status()).isEqualTo(1);

        server.workspace().write("inetd.conf", String.join("\n", ENTRIES) + "\n127.0.0.1:" + FreePorts.next()
                + " stream tcp nowait - internal nobody-has-this\n");
        Result withFailure = server.ask("reload");
        assertThat(withFailure.output()).endsWith("opened=0 kept=3 updated=0 closed=0 failed=1\n");
        assertThat(withFailure.status()).isEqualTo(1);

        server.workspace().write("inetd.conf", String.join("\n", ENTRIES) + "\n");
        assertThat(server.ask("reload").status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "suspend", "resume", "end"})
    void whatIsUnknownOrAmbiguousOrMissingFails(String verb) throws Exception {
        assertThat(server.ask(verb, "nothing")).isEqualTo(new Result(1, "no service 'nothing'\n"));
        assertThat(server.ask(verb, ECHO + "/")).isEqualTo(
                new Result(1, "'" + ECHO + "/' is ambiguous: " + id(ECHO) + ", " + ECHO + "/udp@127.0.0.1\n"));
        assertThat(server.ask(verb).status()).isEqualTo(64);
        assertThat(server.ask(verb, "--nothing", id(ECHO)).status()).isEqualTo(64);
    }

    @Test
    void anUnknownSessionAnUnknownStateAndAnUnknownCommandFail() throws Exception {
        assertThat(server.ask("end", "#4711")).isEqualTo(new Result(1, "no session '#4711'\n"));
        assertThat(server.ask("end", "471100").status()).isEqualTo(1);
        assertThat(server.ask("list", "--state", "nothing").status()).isEqualTo(1);
        assertThat(server.ask("nothing").status()).isEqualTo(64);
    }

    @Test
    void anUnknownCommandIsToldWhatItMayMean() throws Exception {
        assertThat(server.ask("lst")).isEqualTo(new Result(64, "no such command: lst; did you mean 'list'?\n"));
        assertThat(server.ask("inetd:lsit")).isEqualTo(new Result(64, "no such command: inetd:lsit; did you mean 'inetd:list'?\n"));
        assertThat(server.ask("statsu").output()).as("a command of the script").endsWith("; did you mean 'status'?\n");
    }

    @Test
    void everyCommandThatTakesAServiceFindsItByItsEndpoint() throws Exception {
        String endpoint = "127.0.0.1:" + PROGRAM;
        try (Socket client = Client.connect(PROGRAM)) {
            client.getOutputStream().write('x');
            assertThat(client.getInputStream().read()).isEqualTo('x');
            assertThat(server.ask("list", endpoint).orFail().lines().skip(1)).singleElement().asString().contains(id(PROGRAM));
            assertThat(server.ask("show", endpoint).orFail()).startsWith(id(PROGRAM));
            assertThat(server.ask("sessions", endpoint).orFail().lines().skip(1)).singleElement().asString().contains(id(PROGRAM));
            assertThat(server.ask("suspend", endpoint).orFail()).startsWith(id(PROGRAM) + " is suspended");
            assertThat(server.ask("resume", endpoint).orFail()).startsWith(id(PROGRAM));
            assertThat(server.ask("end", endpoint)).isEqualTo(new Result(0, "1 session ended\n"));
            assertThat(server.ask("sessions", endpoint)).isEqualTo(new Result(0, "no sessions\n"));
            assertThat(server.ask("sessions", "nothing")).isEqualTo(new Result(1, "no session and no service fits 'nothing'\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "sessions", "ports", "providers", "inetd:try"})
    void whatOnlyLooksSucceeds(String verb) throws Exception {
        assertThat(server.ask(verb).orFail()).isNotEmpty();
        assertThat(Kernel.listener(ECHO)).isPresent();
    }
}
