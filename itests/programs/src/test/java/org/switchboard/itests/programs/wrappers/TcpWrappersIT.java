package org.switchboard.itests.programs.wrappers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;

/** The server as {@code inetd -l -w -W} starts it, with two files of its own in its workspace. */
class TcpWrappersIT {

    private static final String OWN_FILES = "mkdir -p state/deploy && echo allow.file=$PWD/hosts.allow > state/deploy/org.switchboard.access.cfg"
            + " && echo deny.file=$PWD/hosts.deny >> state/deploy/org.switchboard.access.cfg"
            + " && echo 'ALL: ALL' > hosts.deny && echo > hosts.allow && exec \"$@\"";
    private static final List<String> WRAPPED = List.of("/usr/bin/env", "SWITCHBOARD_JAVA_OPTS=-Dswitchboard.defaults.programs="
            + "tcp_wrappers=yes -Dswitchboard.defaults.internal=tcp_wrappers=yes", "/bin/sh", "-c", OWN_FILES, "sh");

    /** A program that answers one datagram, with its umask behind it. */
    private static final String ANSWER_ONCE = "'$who = recv(STDIN, $text, 99, 0); send(STDOUT, $text . sprintf(\"%o\", umask), 0, $who)'";

    private static final int ECHO = FreePorts.next();
    private static final int GREETER = FreePorts.next();
    private static final int DATAGRAMS = FreePorts.next();
    private static final int ANSWER = FreePorts.next();
    private static final int DAYTIME = FreePorts.next();
    private static final int TWISTED = FreePorts.next();
    private static final int SHELL = FreePorts.next();
    private static final int DISCARD = FreePorts.next();
    private static final int LOUD = FreePorts.next();

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.startUnder(WRAPPED, List.of(),
                stream(ECHO, "internal echo"), stream(GREETER, "/bin/echo in.greeter hello"),
                "127.0.0.1:" + DATAGRAMS + " dgram udp wait - internal echo",
                "127.0.0.1:" + ANSWER + " dgram udp wait - " + Needs.program("perl", "perl") + " in.answer -e " + ANSWER_ONCE,
                stream(DAYTIME, "internal daytime"), stream(TWISTED, "/bin/echo in.twisted hello"),
                stream(SHELL, "/bin/sh in.shell -c umask"), stream(DISCARD, "internal discard"),
                stream(LOUD, "/bin/echo in.loud hello"));
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static String stream(int port, String program) {
        return "127.0.0.1:" + port + " stream tcp nowait - " + program;
    }

    private static void allow(String line) throws IOException {
        server.workspace().write("hosts.allow", line + "\n");
    }

    /** The answer; nothing from a connection that is cut. */
    private static String talk(int port, String text) {
        try {
            return Client.talk(port, text);
        } catch (IOException cut) {
            return "";
        }
    }

    @Test
    void aCommandGetsTheBytesOfItsLine() throws Exception {
        Files.write(server.workspace().resolve("hosts.allow"),
                "in.greeter: ALL: spawn printf caf\u00e9 > $PWD/spawned\n".replace("$PWD", server.workspace().path().toString())
                        .getBytes(StandardCharsets.ISO_8859_1));

        assertThat(talk(GREETER, "")).isEqualTo("hello\n");
        assertThat(server.workspace().resolve("spawned")).hasBinaryContent("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aProviderIsRefusedToWhomTheFilesDoNotLetInAndServedAsSoonAsTheyDo() throws Exception {
        allow("");
        assertThat(talk(ECHO, "hello")).isEmpty();
        server.awaitLog("refused connection from 127\\.0\\.0\\.1, service echo \\(tcp\\)");
        server.awaitLog("REFUSE " + ECHO + "/tcp.* reason=tcp_wrappers");

        allow("echo: 127.0.0.1");

        assertThat(talk(ECHO, "hello")).isEqualTo("hello");
        server.awaitLog("INFO +auth: connection from 127\\.0\\.0\\.1, service echo \\(tcp\\)");
    }

    @Test
    void aProgramIsRefusedToWhomTheFilesDoNotLetInAndServedAsSoonAsTheyDo() throws Exception {
        allow("");
        assertThat(talk(GREETER, "")).isEmpty();

        allow("in.greeter: LOCAL 127.0.0.0/8");

        assertThat(talk(GREETER, "")).isEqualTo("hello\n");
    }

    @Test
    void aDatagramOfWhomTheFilesDoNotLetInIsNotAnswered() throws Exception {
        allow("");
        try (DatagramSocket client = Client.datagrams()) {
            Client.send(client, DATAGRAMS, "one");
            server.awaitLog("refused connection from 127\\.0\\.0\\.1, service echo \\(udp\\)");

            allow("echo: ALL");
            Client.send(client, DATAGRAMS, "two");

            assertThat(Client.receive(client)).isEqualTo("two");
        }
    }

    @Test
    void aDatagramForAProgramThatTakesTheSocketIsJudgedByItsSender() throws Exception {
        allow("");
        try (DatagramSocket client = Client.datagrams()) {
            Client.send(client, ANSWER, "one");
            server.awaitLog("refused connection from 127\\.0\\.0\\.1, service in.answer \\(udp\\)");

            allow("in.answer: 127.0.0.1 : umask 0137");
            Client.send(client, ANSWER, "two");

            assertThat(Client.receive(client)).isEqualTo("two137");
        }
    }

    @Test
    void aTwistTalksToTheClientInTheProvidersPlace() throws Exception {
        allow("daytime: ALL: setenv GREETING hello : twist /bin/echo \"$GREETING %a, no %d here; you said `cat`\"");

        assertThat(talk(DAYTIME, "anybody there?")).isEqualTo("hello 127.0.0.1, no daytime here; you said anybody there?\n");
        server.awaitLog("END " + DAYTIME + "/tcp.*pid=");
    }

    @Test
    void aTwistTalksToTheClientInTheProgramsPlace() throws Exception {
        allow("in.twisted: ALL: twist /bin/cat");

        assertThat(talk(TWISTED, "to and fro")).isEqualTo("to and fro");
    }

    @Test
    void aProgramGetsWhatTheOptionsSetAndTheClientItsBannerFirst() throws Exception {
        server.workspace().write("banners/in.shell", "Welcome, %a\n");
        allow("in.shell: ALL: banners " + server.workspace().resolve("banners") + " : umask 027 : keepalive : linger 5");

        assertThat(talk(SHELL, "")).isEqualTo("Welcome, 127.0.0.1\r\n0027\n");
    }

    @Test
    void aSpawnedCommandHasEndedWhenTheServiceBegins() throws Exception {
        Path trace = server.workspace().resolve("trace");
        allow("discard: ALL: spawn (readlink /proc/self/fd/0; echo %d %a) > " + trace);

        assertThat(talk(DISCARD, "x")).isEmpty();
        assertThat(Files.readAllLines(trace)).containsExactly("/dev/null", "discard 127.0.0.1");
    }

    @Test
    void whatIsWrongWithALineIsLoggedWithFileAndLine() throws Exception {
        allow("in.loud: ALL: severity loud");

        assertThat(talk(LOUD, "")).isEmpty();
        server.awaitLog("hosts\\.allow:1: error: bad syslog facility or severity: \"loud\"; whom the line matches is denied");
    }

    @Test
    void aDenyFileThatCannotBeReadRefusesAndIsShownUntilItCanBeRead() throws Exception {
        allow("");
        Path deny = server.workspace().resolve("hosts.deny");
        Files.delete(deny);
        try {
            Command.run("mkfifo", deny.toString()).orFail();
            assertThat(talk(LOUD, "")).isEmpty();
            server.awaitLog("hosts\\.deny cannot be read: not a regular file; all clients .* are refused");
            assertThat(server.ask("show", LOUD + "/tcp").orFail()).contains("hosts.deny")
                    .contains("not a regular file");
            Files.delete(deny);
            assertThat(talk(LOUD, "")).isEqualTo("hello\n");
            server.awaitLog("hosts\\.deny can be read again");
        } finally {
            Files.deleteIfExists(deny);
            server.workspace().write("hosts.deny", "ALL: ALL\n");
        }
    }

    @Test
    void checkReportsWhatIsWrongWithTheFilesWithFileAndLine() throws Exception {
        server.workspace().write("hosts.deny", "ALL: ALL\n# " + "x".repeat(3000) + "\nALL: 192.0.2.7");
        try {
            Command.Result result = server.ask("inetd:check", server.workspace().resolve("inetd.conf").toString());

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.output()).containsOnlyOnce("hosts.deny:2: error: missing newline or line too long")
                    .contains("hosts.deny:3: error: missing newline or line too long");
        } finally {
            server.workspace().write("hosts.deny", "ALL: ALL\n");
        }
    }

    @Test
    void withoutTheOptionTheBundleIsNotEvenLoaded() throws Exception {
        int port = FreePorts.next();
        try (RunningServer plain = RunningServer.start(stream(port, "internal echo"))) {
            assertThat(talk(port, "x")).isEqualTo("x");

            assertThat(plain.ask("lb").output().lines().filter(line -> line.contains(":: access"))).hasSize(1)
                    .allMatch(line -> line.contains("Starting"));
        }
    }
}
