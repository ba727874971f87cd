package org.switchboard.itests.programs.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Probe;
import org.switchboard.itests.programs.Probe.Report;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/** Everything is taken from what the started program prints about itself. */
class WhatAProgramGetsIT {

    private static final List<String> STARTED_WITH = List.of("/usr/bin/env", "SECRET=of the starter", "JAVA_TOOL_OPTIONS=",
            "/bin/sh", "-c", "trap '' USR1; umask 027; ulimit -S -n 777; ulimit -S -c 0; exec \"$@\"", "sh");

    private static Workspace workspace;
    private static Path probe;

    @BeforeAll
    static void compile() throws Exception {
        workspace = Workspace.create();
        probe = Probe.compile(workspace);
    }

    @AfterAll
    static void remove() throws Exception {
        workspace.close();
    }

    /** What the probe says when a client connects to a line of that user. */
    private static Report reportAs(String user) throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.startUnder(STARTED_WITH, List.of(),
                "127.0.0.1:" + port + " stream tcp nowait " + user + " " + probe + " probe report 'two words'");
                Socket client = Client.connect(port)) {
            String text = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).as("log:%n%s", server.log()).isNotEmpty();
            Report report = Report.of(text);
            assertThat(report.value("peer")).isEqualTo("AF_INET 127.0.0.1 " + client.getLocalPort());
            assertThat(report.value("local")).isEqualTo("AF_INET 127.0.0.1 " + port);
            return report;
        }
    }

    @Test
    void theBuffersOfItsLineDoubledAsLinuxDoes() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " stream tcp,sndbuf=16k,rcvbuf=32k nowait - "
                + probe + " probe buffers")) {
            assertThat(Client.talk(port, "")).as("log:%n%s", server.log()).isEqualTo("sndbuf=32768\nrcvbuf=65536\n");
        }
    }

    @Test
    void theUmaskAndTheEnvironmentOfItsEntry() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " on protocol = tcp4, wait = no, user = -, exec = "
                + probe + ", args = probe report, umask = 0177, environment = laundered;")) {
            Report report = Report.of(Client.talk(port, ""));
            assertThat(report.value("umask")).as("log:%n%s", server.log()).isEqualTo("177");
            assertThat(report.all("environment ")).noneMatch(line -> line.matches("(PATH=|TCP|SWITCHBOARD|JAVA).*"));
        }
    }

    @Nested
    class AsTheServersUser {

        private static Report report;

        @BeforeAll
        static void ask() throws Exception {
            report = reportAs("-");
        }

        @Test
        void theSocketIsOnTheFirstThreeDescriptorsAndNothingIsOnAnyOther() {
            assertThat(report.all("fd ")).hasSize(3).allMatch(line -> line.matches("[012]=socket:\\[\\d+\\]"));
            assertThat(report.all("fd ").stream().map(line -> line.substring(2)).distinct()).hasSize(1);
        }

        @Test
        void theSocketBlocks() {
            assertThat(report.all("descriptor ")).containsExactly("0=blocking", "1=blocking", "2=blocking");
        }

        @Test
        void noSignalIsIgnoredCaughtOrBlocked() {
            assertThat(report.all("signal ")).isEmpty();
        }

        @Test
        void itLeadsASessionOfItsOwnWithoutATerminal() {
            assertThat(report.value("session")).isEqualTo(report.value("pid"));
            assertThat(report.value("group of processes")).isEqualTo(report.value("pid"));
            assertThat(report.value("terminal")).isEqualTo("none");
        }

        @Test
        void itStartsInTheRootDirectoryWithTheUmaskOfTheStarter() {
            assertThat(report.value("directory")).isEqualTo("/");
            assertThat(report.value("umask")).isEqualTo("027");
        }

        @Test
        void itHasTheLimitsThatTheServerWasStartedWith() {
            assertThat(report.value("nofile")).startsWith("777 ");
            assertThat(report.value("core")).isEqualTo("0");
        }

        @Test
        void theArgumentsAreThoseOfTheLine() {
            assertThat(report.all("argument ")).containsExactly("0=probe", "1=report", "2=two words");
        }

        @Test
        void theEnvironmentTellsAboutTheClientAndNothingAboutTheServer() {
            assertThat(report.all("environment ")).anyMatch(line -> line.equals("TCPREMOTEIP=127.0.0.1"))
                    .anyMatch(line -> line.startsWith("PATH=/"))
                    .noneMatch(line -> line.matches("(SECRET|JAVA|SWITCHBOARD|HOME|PWD|OLDPWD|LD_|XDG_|TERM|_=|MAVEN).*"));
        }
    }

    @Nested
    class AsAnotherUser {

        @Test
        void rootIsGone() throws Exception {
            Needs.root("a program is to run as nobody");
            Report report = reportAs("nobody");
            String uid = Command.run("id", "-u", "nobody").orFail().strip();
            String gid = Command.run("id", "-g", "nobody").orFail().strip();
            assertThat(report.value("uid")).isEqualTo(String.join(" ", uid, uid, uid));
            assertThat(report.value("gid")).isEqualTo(String.join(" ", gid, gid, gid));
            assertThat(report.value("root again")).isEqualTo("no");
            assertThat(report.value("groups").split(" ")).containsExactlyInAnyOrder(groupsOf("nobody"));
        }

        @Test
        void theGroupOfTheLineReplacesThePrimaryGroup() throws Exception {
            Needs.root("a program is to run under another group");
            Report report = reportAs("nobody:daemon");
            String gid = Command.run("/bin/sh", "-c", "getent group daemon | cut -d: -f3").orFail().strip();
            assertThat(report.value("gid")).isEqualTo(String.join(" ", gid, gid, gid));
        }

        @Test
        void allGroupsOfTheUserAreThere() throws Exception {
            Needs.root("a program is to run with the groups of another user");
            String members = Command.run("/bin/sh", "-c", "getent group | cut -d: -f4 | grep . | cut -d, -f1").output();
            Optional<String> user = members.lines().filter(name -> !name.equals("root")).findFirst();
            Needs.that(user.isPresent(), "no user here has supplementary groups");
            assertThat(reportAs(user.get()).value("groups").split(" ")).containsExactlyInAnyOrder(groupsOf(user.get()));
        }

        private static String[] groupsOf(String user) throws Exception {
            return Command.run("id", "-G", user).orFail().strip().split(" ");
        }
    }
}
