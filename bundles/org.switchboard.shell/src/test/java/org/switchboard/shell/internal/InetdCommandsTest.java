package org.switchboard.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.api.config.ConfigurationCheck;
import org.switchboard.api.config.ConfigurationConversion;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.FailedProviderDTO;
import org.switchboard.api.runtime.RegistrationFailure;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.api.runtime.SuperServer;

class InetdCommandsTest {

    private final FakeServer server = new FakeServer();
    private Console console;

    @BeforeEach
    void open(@TempDir Path storage) throws Exception {
        console = new Console(storage);
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    private void start() {
        console.context().registerService(SuperServer.class, server, null);
    }

    @Nested
    class Listing {

        @Test
        void alignsTheColumnsAndEndsWithTheReason() {
            ServiceDTO broken = FakeServer.service("daytime/udp", 7013);
            broken.state = EntryState.WAITING;
            broken.reason = "waiting for provider 'daytime'";
            broken.listeners = List.of();
            server.with(FakeServer.service("echo/tcp", 7007)).with(broken);
            start();
            assertThat(console.lines("inetd:list")).containsExactly(
                    "ID           STATE    LISTENS ON      SERVED BY  SESSIONS  STARTS  REASON",
                    "daytime/udp  waiting  -               daytime    0         0       waiting for provider 'daytime'",
                    "echo/tcp     idle     127.0.0.1:7007  echo       0         0");
        }

        @Test
        void namesTheProgramInsteadOfTheProvider() {
            ServiceDTO program = FakeServer.service("env/tcp", 7001);
            program.provider = ServiceEntry.EXEC;
            program.arguments = List.of("/usr/bin/env", "env");
            server.with(program);
            start();
            assertThat(console.type("inetd:list")).contains("  /usr/bin/env  ");
        }

        @Test
        void picksThoseInAStateOrOfAProvider() {
            ServiceDTO waiting = FakeServer.service("daytime/udp", 7013);
            waiting.state = EntryState.WAITING;
            server.with(FakeServer.service("echo/tcp", 7007)).with(FakeServer.service("echo/udp", 7007)).with(waiting);
            start();
            assertThat(console.lines("inetd:list --state waiting")).hasSize(2).last().asString().startsWith("daytime/udp");
            assertThat(console.lines("inetd:list -p echo")).hasSize(3);
            assertThat(console.type("inetd:list -s waiting -p echo")).isEqualTo("no services");
        }

        @Test
        void namesTheStatesWhenAskedForOneThatIsNone() {
            start();
            assertThat(console.type("inetd:list --state open")).isEqualTo("no such state: 'open'; it is one of idle, running, "
                    + "waiting, held, suspended, failed, disabled");
        }

        @Test
        void picksThoseThatFitAPattern() {
            server.with(FakeServer.service("echo/tcp", 7007)).with(FakeServer.service("daytime/udp", 7013));
            start();
            assertThat(console.lines("inetd:list 7013")).hasSize(2).last().asString().startsWith("daytime/udp");
            assertThat(console.lines("inetd:list '*/tcp'")).hasSize(2).last().asString().startsWith("echo/tcp");
        }

        @Test
        void findsAServiceByItsPortInEveryCommand() {
            server.with(FakeServer.service("echo/tcp", 7007)).with(FakeServer.service("daytime/udp", 7013));
            server.sessions.add(FakeServer.session(42, "echo/tcp"));
            start();
            assertThat(console.lines("inetd:show 127.0.0.1:7007").get(0)).isEqualTo("echo/tcp");
            assertThat(console.type("inetd:suspend 7013")).isEqualTo("daytime/udp is suspended");
            assertThat(console.type("inetd:resume 7013")).isEqualTo("daytime/udp is idle");
            assertThat(console.type("inetd:end 7007")).isEqualTo("1 session ended");
        }

        @Test
        void listsTheSessionsThatAWordMeans() {
            server.with(FakeServer.service("echo/tcp", 7007)).with(FakeServer.service("daytime/udp", 42));
            server.sessions.addAll(List.of(FakeServer.session(41, "echo/tcp"), FakeServer.session(42, "echo/tcp"),
                    FakeServer.session(43, "daytime/udp"), FakeServer.session(44, "gone/tcp")));
            server.sessions.get(0).remote = "198.51.100.1:7007";
            start();
            assertThat(numbers("")).containsExactly("41", "42", "43", "44");
            assertThat(numbers("42")).as("a session before a port").containsExactly("42");
            assertThat(numbers("'#43'")).containsExactly("43");
            for (String echo : List.of("7007", "echo", "echo/tcp", "ec", "127.0.0.1:7007", "'ec*'")) {
                assertThat(numbers(echo)).as(echo).containsExactly("41", "42");
            }
            assertThat(numbers("198.51.100.1")).as("those of a client").containsExactly("41");
            assertThat(numbers("gone")).as("of a service that was removed").containsExactly("44");
            assertThat(numbers("'*/tcp'")).containsExactly("41", "42", "44");
        }

        @Test
        void doesNotTakeAServiceThatIsNoneForOneWithoutSessions() {
            server.with(FakeServer.service("finger/tcp", 7079));
            start();
            assertThat(console.type("inetd:sessions 7079")).isEqualTo("no sessions");
            assertThat(console.fails("inetd:sessions figner"))
                    .isEqualTo("no session and no service fits 'figner'; did you mean 'finger'?");
        }

        private List<String> numbers(String word) {
            return console.lines("inetd:sessions " + word).stream().skip(1).map(line -> line.replaceFirst(" .*", "")).toList();
        }

        @Test
        void aReasonDoesNotRepeatTheState() {
            server.with(FakeServer.service("daytime/udp", 7013)).resumesTo(EntryState.WAITING);
            server.services.get(0).reason = "waiting for provider 'daytime'";
            start();
            assertThat(console.fails("inetd:resume daytime")).isEqualTo("daytime/udp is waiting for provider 'daytime'");
        }

        @Test
        void saysSoWhenThereIsNothing() {
            start();
            assertThat(console.type("inetd:list")).isEqualTo("no services");
            assertThat(console.type("inetd:sessions")).isEqualTo("no sessions");
        }

        @Test
        void returnsValuesThatScriptsCanUse() {
            server.with(FakeServer.service("echo/tcp", 7007));
            start();
            assertThat(console.type("((inetd:list) get 0) id")).isEqualTo("echo/tcp");
        }

        @Test
        void doesNotLetAReasonDriveTheTerminal() {
            ServiceDTO service = FakeServer.service("echo/tcp", 7007);
            service.reason = "held by '\u001b[2Jevil\n'";
            server.with(service);
            start();
            assertThat(console.lines("inetd:list")).hasSize(2).last().asString().endsWith("held by '?[2Jevil?'");
        }

        @Test
        void listsProviders() {
            start();
            assertThat(console.lines("inetd:providers").get(1))
                    .isEqualTo("echo  channel datagram  org.switchboard.provider.echo 0.1.0  0        0         0       0         idle");
        }

        @Test
        void listsBelowThemWhatIsWrongWithARegistration() {
            FailedProviderDTO failed = new FailedProviderDTO();
            failed.name = "";
            failed.bundle = "org.example 1.0.0";
            failed.serviceId = 77;
            failed.reason = RegistrationFailure.NO_NAME;
            failed.detail = "the property is not there";
            server.failed.add(failed);
            start();
            assertThat(console.lines("inetd:providers")).endsWith("",
                    "NOT AS ASKED  SERVICE  BUNDLE             WHY      DETAIL",
                    "-             77       org.example 1.0.0  no name  the property is not there");
        }
    }

    @Nested
    class Showing {

        @Test
        void showsAllThereIs() {
            ServiceDTO service = FakeServer.service("echo/tcp", 7007);
            service.arguments = List.of("-x", "two words");
            service.options = Map.of("service_max", "40", "a", "b");
            service.notes = List.of("user 'nobody' is not applied: the provider runs inside the server");
            service.starts = 12;
            server.with(service);
            start();
            assertThat(console.lines("inetd:show ec")).containsExactly(
                    "echo/tcp",
                    "  state       idle",
                    "  listens on  127.0.0.1:7007 (open)",
                    "  service     echo, tcp, port 7007, address 127.0.0.1",
                    "  mode        nowait",
                    "  user        - (the server's own)",
                    "  provider    echo",
                    "  arguments   -x 'two words'",
                    "  option      a=b",
                    "  option      service_max=40",
                    "  origin      inetd.conf:7",
                    "  sessions    0 now, 12 started, 0 refused, 0 failed",
                    "  note        user 'nobody' is not applied: the provider runs inside the server");
        }

        @Test
        void saysWhenASuspendedServiceOpensAgain() {
            ServiceDTO service = FakeServer.service("echo/tcp", 7007);
            service.state = EntryState.SUSPENDED;
            service.reason = "more than 40 connections in 60 s";
            service.resumesAt = Instant.now().plusSeconds(3 * 3600 + 1800);
            server.with(service);
            start();
            assertThat(console.lines("inetd:show echo")).contains(
                    "  state       suspended: more than 40 connections in 60 s").anyMatch(line -> line.startsWith("  opens       in 3h"));
        }

        @Test
        void refusesAnUnknownIdInOneLine() {
            start();
            assertThat(console.type("inetd:show ftp")).isEqualTo("no service begins with 'ftp'");
        }

        @Test
        void namesTheCandidatesOfAnAmbiguousBeginning() {
            server.with(FakeServer.service("echo/tcp", 7007)).with(FakeServer.service("echo/udp", 7007));
            start();
            assertThat(console.type("inetd:show echo/")).isEqualTo("'echo/' is ambiguous: echo/tcp, echo/udp");
        }

        @Test
        void takesAPortNumberForTheWordItIs() {
            server.with(FakeServer.service("07007/tcp", 7007));
            start();
            assertThat(console.lines("inetd:show 07007")).startsWith("07007/tcp");
        }
    }

    @Nested
    class Verbs {

        @Test
        void reloadPrintsFindingsAndSummary() {
            server.next = new ReloadReport(2, 5, 1, 1, 0, List.of(FakeServer.error("unknown protocol 'tpc'; entry skipped")));
            start();
            assertThat(console.lines("inetd:reload")).containsExactly(
                    "inetd.conf:3: error: unknown protocol 'tpc'; entry skipped",
                    "opened=2 kept=5 updated=1 closed=1 failed=0");
        }

        @Test
        void suspendAndResumeAnswerWithTheStateThatTheyBroughtAbout() {
            server.with(FakeServer.service("echo/tcp", 7007));
            start();
            assertThat(console.type("inetd:suspend e")).isEqualTo("echo/tcp is suspended");
            assertThat(console.type("inetd:resume e")).isEqualTo("echo/tcp is idle");
        }

        @ParameterizedTest
        @EnumSource(names = {"WAITING", "HELD", "SUSPENDED", "FAILED", "DISABLED"})
        void resumeFailsWithTheReasonIfTheServiceDoesNotOpen(EntryState state) {
            ServiceDTO held = FakeServer.service("www/tcp", 7080);
            held.reason = "port 7080/tcp is in use by nginx (pid 812)";
            server.with(held).resumesTo(state);
            start();
            assertThat(console.fails("inetd:resume www")).isEqualTo("www/tcp is " + state + ": " + held.reason);
        }

        @Test
        void reloadLeavesItsExitCodeInAVariable() {
            start();
            assertThat(console.type("inetd:reload; ${inetd.exit}")).isEqualTo("0");
            server.next = new ReloadReport(1, 0, 0, 0, 0, List.of(FakeServer.warning("odd")));
            assertThat(console.type("inetd:reload; ${inetd.exit}")).isEqualTo("0");
            server.next = new ReloadReport(1, 0, 0, 0, 0, List.of(FakeServer.error("wrong")));
            assertThat(console.type("inetd:reload; ${inetd.exit}")).isEqualTo("1");
            server.next = new ReloadReport(1, 0, 0, 0, 1, List.of(FakeServer.warning("'www/tcp' does not run")));
            assertThat(console.type("inetd:reload; ${inetd.exit}")).isEqualTo("1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"show", "suspend", "resume", "end"})
        void whatIsUnknownOrAmbiguousFails(String command) {
            server.with(FakeServer.service("echo/tcp", 7007)).with(FakeServer.service("echo/udp", 7007));
            start();
            assertThat(console.fails("inetd:" + command + " ftp")).contains("'ftp'");
            assertThat(console.fails("inetd:" + command + " echo")).contains("'echo'");
        }

        @Test
        void retryLeavesWhatWasSuspendedByHand() {
            ServiceDTO held = FakeServer.service("www/tcp", 7080);
            held.state = EntryState.HELD;
            ServiceDTO flooded = FakeServer.service("time/tcp", 7037);
            flooded.state = EntryState.SUSPENDED;
            flooded.resumesAt = Instant.now().plusSeconds(600);
            ServiceDTO byHand = FakeServer.service("echo/tcp", 7007);
            byHand.state = EntryState.SUSPENDED;
            server.with(held).with(flooded).with(byHand).with(FakeServer.service("ftp/tcp", 7021));
            start();
            assertThat(console.type("inetd:__retry")).isEqualTo("trying again: time/tcp, www/tcp");
            assertThat(byHand.state).isEqualTo(EntryState.SUSPENDED);
            assertThat(console.type("inetd:__retry")).isEqualTo("nothing to try again");
        }

        @Test
        void endCountsTheSessionsItEndedAndNamesThoseThatStillRun() {
            server.sessions.addAll(List.of(FakeServer.session(41, "ftp/tcp"), FakeServer.session(42, "ftp/tcp"),
                    FakeServer.session(43, "ftp/tcp"), FakeServer.session(44, "ftp/tcp"), FakeServer.session(45, "www/tcp")));
            server.deaf.addAll(List.of(43L, 44L, 45L));
            start();
            assertThat(console.type("inetd:end 42")).isEqualTo("1 session ended");
            assertThat(console.type("inetd:end ftp")).isEqualTo("3 sessions told to end, still running: 43, 44");
            assertThat(console.type("inetd:end --kill 43")).isEqualTo("1 session told to end at once, still running: 43");
            assertThat(console.type("inetd:end 42")).isEqualTo("no session and no service is meant by '42'");
        }

        @Test
        void endWithKillDoesNotAskFirst() {
            server.sessions.add(FakeServer.session(42, "ftp/tcp"));
            start();
            assertThat(console.type("inetd:end --kill 42")).isEqualTo("1 session killed");
            assertThat(server.killed).containsExactly("42");
        }

        @Test
        void tryNamesACommandForWhatIsOpenAndTheReasonForWhatIsNot() {
            ServiceDTO any = FakeServer.service("time/udp", 7037);
            any.listeners = List.of(FakeServer.listener("[::]:7037", "open"));
            ServiceDTO held = FakeServer.service("www/tcp", 7080);
            held.state = EntryState.HELD;
            held.reason = "port 7080/tcp is in use by nginx (pid 812)";
            held.listeners = List.of();
            server.with(FakeServer.service("echo/tcp", 7007)).with(any).with(held);
            start();
            assertThat(console.lines("inetd:try")).containsExactly(
                    "echo/tcp  echo  nc 127.0.0.1 7007",
                    "time/udp  time  echo | nc -u -w1 ::1 7037",
                    "www/tcp   www   held: port 7080/tcp is in use by nginx (pid 812)");
        }
    }

    @Nested
    class Checking {

        private void checkFinds(boolean readable, ServiceEntry... entries) {
            console.context().registerService(ConfigurationCheck.class, (files, dialect) ->
                    new ConfigurationCheck.Result(readable, List.of(entries), List.of(FakeServer.warning("odd: " + files)),
                            List.of(new ConfigurationCheck.ReadFile("/etc/my.conf", "gnu", "as told"))), null);
        }

        @Test
        void printsEntriesFindingsAndHowMany() {
            checkFinds(true, ServiceEntry.builder("echo", Protocol.TCP, new Origin("my.conf", 1)).build());
            assertThat(console.lines("inetd:check /etc/my.conf")).containsExactly(
                    "ID        MODE    USER  SERVED BY  ORIGIN",
                    "echo/tcp  nowait  -     echo       my.conf:1",
                    "inetd.conf:4: warning: odd: [/etc/my.conf]",
                    "read in the dialect 'gnu', as told: /etc/my.conf",
                    "1 entry, 0 errors, 1 warning");
        }

        @Test
        void leavesItsExitCodeInAVariable() {
            checkFinds(true);
            assertThat(console.lines("inetd:check a b; ${inetd.exit}").get(0)).isEqualTo("0");
            assertThat(console.lines("inetd:check --strict a; ${inetd.exit}").get(0)).isEqualTo("1");
        }

        @Test
        void saysInWhichDialect() {
            console.context().registerService(ConfigurationCheck.class, (files, dialect) ->
                    new ConfigurationCheck.Result(true, List.of(), List.of(FakeServer.warning("read in " + dialect))), null);
            assertThat(console.lines("inetd:check --dialect netbsd a").get(1)).endsWith("read in Optional[netbsd]");
            assertThat(console.lines("inetd:check a").get(1)).endsWith("read in Optional.empty");
        }

        @Test
        void convertPrintsTheNewFile() {
            console.context().registerService(ConfigurationConversion.class, (file, dialect, form) ->
                    new ConfigurationConversion.Converted(true, file + " from " + dialect + " to " + form + "\nand more\n",
                            List.of(Finding.error(new Origin("x", 1), "lost"))), null);
            assertThat(console.lines("inetd:convert --from gnu --to keyvalue /a; ${inetd.exit}")).containsExactly("1");
            assertThat(console.lines("inetd:convert --from gnu --to keyvalue /a"))
                    .containsExactly("/a from Optional[gnu] to keyvalue", "and more");
            assertThat(console.lines("inetd:convert /a").get(0)).isEqualTo("/a from Optional.empty to positional");
        }

        @Test
        void convertSaysWhyThereIsNoNewFile() {
            console.context().registerService(ConfigurationConversion.class, (file, dialect, form) ->
                    new ConfigurationConversion.Converted(false, "", List.of(Finding.error(new Origin("/a", 0), "is gone"))), null);
            assertThat(console.lines("inetd:convert /a")).containsExactly("/a: error: is gone");
            assertThat(console.lines("inetd:convert /a; ${inetd.exit}")).containsExactly("2");
        }

        @Test
        void countsAnUnreadableFileAsWorse() {
            checkFinds(false);
            assertThat(console.type("inetd:check a; ${inetd.exit}")).isEqualTo("2");
        }
    }

    @Nested
    class Calling {

        @ParameterizedTest
        @ValueSource(strings = {"list", "show", "reload", "check", "convert", "ports", "sessions", "providers",
                "deployed", "end", "suspend", "resume", "try", "completion",
            "help", "watch"})
        void everyCommandHasHelp(String command) {
            List<String> help = console.lines("inetd:" + command + " --help");
            assertThat(help.get(0)).startsWith("usage: inetd:" + command + " [--help]");
            assertThat(help.get(2)).endsWith(".");
            assertThat(help).anyMatch(line -> line.matches("  -h, --help +print this"));
            assertThat(console.lines("inetd:" + command + " -h")).isEqualTo(help);
        }

        @Test
        void helpNamesOptionsAndWords() {
            assertThat(console.lines("inetd:check --help")).containsExactly(
                    "usage: inetd:check [--help] [--strict] [--dialect NAME] [FILE...]",
                    "",
                    "Reads and validates configuration files without opening anything.",
                    "",
                    "  -h, --help      print this",
                    "  --strict        count warnings as errors",
                    "  --dialect NAME  read files in this dialect that do not name their own",
                    "  FILE            a configuration file; without one, those that the server reads");
        }

        @Test
        void aWrongNumberOfWordsIsOneLine() {
            assertThat(console.type("inetd:show")).isEqualTo("show: ID is missing; usage: show [--help] ID");
            assertThat(console.type("inetd:show a b")).isEqualTo("show: 'b' is one word too many; usage: show [--help] ID");
            assertThat(console.type("inetd:list a b")).isEqualTo("list: 'b' is one word too many; usage: list [--help] [--state STATE] [--provider NAME] [PATTERN]");
        }

        @Test
        void anUnknownOptionIsOneLine() {
            assertThat(console.type("inetd:list --all")).isEqualTo("list: unknown option '--all'; usage: list [--help] [--state STATE] [--provider NAME] [PATTERN]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"list", "show x", "reload", "ports", "sessions", "check", "end 1", "try"})
        void withoutTheServerItSaysSoInOneLine(String line) {
            assertThat(console.lines("inetd:" + line)).singleElement().asString().contains("registered a").contains("scr:list");
        }
    }

    @Nested
    class Completing {

        @Test
        void describesEveryCommandToJLine() {
            assertThat(console.lines("inetd:completion"))
                    .contains("complete -c inetd:show -a 'inetd:__services ($.commandLine word)'",
                            "complete -c inetd:end -a 'inetd:__sessions ($.commandLine word)'",
                            "complete -c inetd:sessions -a 'inetd:__sessions ($.commandLine word)'",
                            "complete -c inetd:try -d 'Says what is open and how to try it.'",
                            "complete -c inetd:check -s h -l help --description 'print this'")
                    .anyMatch(line -> line.startsWith("complete -c inetd:list -s s -l state ") && line.endsWith(" -a 'inetd:__states'"));
        }

        @Test
        void describesThemInWordsThatGogoReads() {
            List<String> script = console.lines("inetd:completion");
            assertThat(script).allSatisfy(line -> assertThat(console.lines(line.replaceFirst("^complete", "echoed = [") + " ]"))
                    .noneMatch(answer -> answer.contains("Exception")));
        }

        @Test
        void offersIdsAndSessionNumbers() {
            server.with(FakeServer.service("echo/tcp", 7007));
            server.sessions.add(FakeServer.session(42, "echo/tcp"));
            start();
            assertThat(console.lines("inetd:__services")).containsExactly("echo/tcp");
            assertThat(console.lines("inetd:__sessions")).containsExactly("42", "echo/tcp");
            assertThat(console.lines("inetd:__services ''")).containsExactly("echo/tcp");
            assertThat(console.lines("inetd:__services ec")).containsExactly("echo/tcp");
            assertThat(console.lines("inetd:__services 70")).containsExactly("echo/tcp", "7007");
            assertThat(console.lines("inetd:__services 127.")).containsExactly("echo/tcp", "127.0.0.1:7007");
            assertThat(console.lines("inetd:__sessions 7")).containsExactly("42", "echo/tcp", "7007");
            assertThat(console.lines("inetd:__providers")).containsExactly("echo");
            assertThat(console.lines("inetd:__states")).startsWith("idle", "running");
        }
    }
}
