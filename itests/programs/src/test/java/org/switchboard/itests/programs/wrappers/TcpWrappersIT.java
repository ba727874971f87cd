package org.switchboard.itests.programs.wrappers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Host;
import org.switchboard.itests.programs.RunningServer;

/** The server as {@code inetd -l -w -W} starts it, with two files of its own in its workspace. */
class TcpWrappersIT {

    private static final String OWN_FILES = "mkdir -p state/deploy && echo allow.file=$PWD/hosts.allow > state/deploy/org.switchboard.access.cfg"
            + " && echo deny.file=$PWD/hosts.deny >> state/deploy/org.switchboard.access.cfg"
            + " && echo 'ALL: ALL' > hosts.deny && echo > hosts.allow && exec \"$@\"";
    private static final List<String> WRAPPED = List.of("/usr/bin/env", "SWITCHBOARD_JAVA_OPTS=-Dswitchboard.defaults.programs="
            + "tcp_wrappers=yes -Dswitchboard.defaults.internal=tcp_wrappers=yes", "/bin/sh", "-c", OWN_FILES, "sh");

    /** A program that answers one datagram, with its umask behind it. */
    private static final String ANSWER_ONCE = "'$who = recv(STDIN, $text, 99, 0); send(STDOUT, $text . sprintf(\"%%o\", umask), 0, $who)'";

    private final int port = FreePorts.next();

    private RunningServer start(String line) throws Exception {
        return RunningServer.startUnder(WRAPPED, List.of(), line.formatted(port));
    }

    private static void allow(RunningServer server, String line) throws IOException {
        server.workspace().write("hosts.allow", line + "\n");
    }

    private String talk(String text) {
        try {
            return Client.talk(port, text);
        } catch (IOException cut) {
            return "";
        }
    }

    @Test
    void aProviderIsRefusedToWhomTheFilesDoNotLetInAndServedAsSoonAsTheyDo() throws Exception {
        try (RunningServer server = start("127.0.0.1:%d stream tcp nowait - internal echo")) {
            assertThat(talk("hello")).isEmpty();
            server.awaitLog("refused connection from 127\\.0\\.0\\.1, service echo \\(tcp\\)");
            server.awaitLog("REFUSE .* reason=tcp_wrappers");

            allow(server, "echo: 127.0.0.1");

            assertThat(talk("hello")).isEqualTo("hello");
            server.awaitLog("INFO +auth: connection from 127\\.0\\.0\\.1, service echo \\(tcp\\)");
        }
    }

    @Test
    void aProgramIsRefusedToWhomTheFilesDoNotLetInAndServedAsSoonAsTheyDo() throws Exception {
        try (RunningServer server = start("127.0.0.1:%d stream tcp nowait - /bin/echo in.greeter hello")) {
            assertThat(talk("")).isEmpty();

            allow(server, "in.greeter: LOCAL 127.0.0.0/8");

            assertThat(talk("")).isEqualTo("hello\n");
        }
    }

    @Test
    void aDatagramOfWhomTheFilesDoNotLetInIsNotAnswered() throws Exception {
        try (RunningServer server = start("127.0.0.1:%d dgram udp wait - internal echo"); DatagramSocket client = Client.datagrams()) {
            Client.send(client, port, "one");
            server.awaitLog("refused connection from 127\\.0\\.0\\.1, service echo \\(udp\\)");

            allow(server, "echo: ALL");
            Client.send(client, port, "two");

            assertThat(Client.receive(client)).isEqualTo("two");
        }
    }

    @Test
    void aDatagramForAProgramThatTakesTheSocketIsJudgedByItsSender() throws Exception {
        String perl = Host.needsProgram("perl", "perl");
        try (RunningServer server = start("127.0.0.1:%d dgram udp wait - " + perl + " in.answer -e " + ANSWER_ONCE);
                DatagramSocket client = Client.datagrams()) {
            Client.send(client, port, "one");
            server.awaitLog("refused connection from 127\\.0\\.0\\.1, service in.answer \\(udp\\)");

            allow(server, "in.answer: 127.0.0.1 : umask 0137");
            Client.send(client, port, "two");

            assertThat(Client.receive(client)).isEqualTo("two137");
        }
    }

    @Test
    void aTwistTalksToTheClientInTheProvidersPlace() throws Exception {
        try (RunningServer server = start("127.0.0.1:%d stream tcp nowait - internal echo")) {
            allow(server, "ALL: ALL: setenv GREETING hello : twist /bin/echo \"$GREETING %a, no %d here; you said `cat`\"");

            assertThat(talk("anybody there?")).isEqualTo("hello 127.0.0.1, no echo here; you said anybody there?\n");
            server.awaitLog("END .*pid=");
        }
    }

    @Test
    void aTwistTalksToTheClientInTheProgramsPlace() throws Exception {
        try (RunningServer server = start("127.0.0.1:%d stream tcp nowait - /bin/echo echo hello")) {
            allow(server, "ALL: ALL: twist /bin/cat");

            assertThat(talk("to and fro")).isEqualTo("to and fro");
        }
    }

    @Test
    void aProgramGetsWhatTheOptionsSetAndTheClientItsBannerFirst() throws Exception {
        try (RunningServer server = start("127.0.0.1:%d stream tcp nowait - /bin/sh in.shell -c umask")) {
            server.workspace().write("banners/in.shell", "Welcome, %a\n");
            allow(server, "in.shell: ALL: banners %s : umask 027 : keepalive : linger 5"
                    .formatted(server.workspace().resolve("banners")));

            assertThat(talk("")).isEqualTo("Welcome, 127.0.0.1\r\n0027\n");
        }
    }

    @Test
    void aSpawnedCommandHasEndedWhenTheServiceBegins() throws Exception {
        try (RunningServer server = start("127.0.0.1:%d stream tcp nowait - internal echo")) {
            Path trace = server.workspace().resolve("trace");
            allow(server, "echo: ALL: spawn (readlink /proc/self/fd/0; echo %%d %%a) > %s".formatted(trace));

            assertThat(talk("x")).isEqualTo("x");
            assertThat(Files.readAllLines(trace)).containsExactly("/dev/null", "echo 127.0.0.1");
        }
    }

    @Test
    void whatIsWrongWithALineIsLoggedWithFileAndLine() throws Exception {
        try (RunningServer server = start("127.0.0.1:%d stream tcp nowait - internal echo")) {
            allow(server, "echo: ALL: severity loud");

            assertThat(talk("x")).isEmpty();
            server.awaitLog("hosts\\.allow:1: error: bad syslog facility or severity: \"loud\"; whom the line matches is denied");
        }
    }

    @Test
    void withoutTheOptionTheBundleIsNotEvenLoaded() throws Exception {
        try (RunningServer server = RunningServer.start("127.0.0.1:%d stream tcp nowait - internal echo".formatted(port))) {
            assertThat(talk("x")).isEqualTo("x");

            assertThat(server.ask("lb").output().lines().filter(line -> line.contains("access"))).hasSize(1)
                    .allMatch(line -> line.contains("Starting"));
        }
    }
}
