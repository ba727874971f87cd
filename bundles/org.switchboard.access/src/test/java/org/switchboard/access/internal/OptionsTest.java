package org.switchboard.access.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.LogLevel;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeVisit;

class OptionsTest {

    private static final String CLIENT = "192.0.2.7";

    @TempDir
    private Path folder;
    private Court court;
    private FakeVisit visit;

    @BeforeEach
    void setUp() {
        court = new Court(folder).deny("ALL: ALL\n").name(CLIENT, "client.example").name(Court.SERVER, "server.example");
        visit = court.visit(CLIENT);
    }

    private Verdict run(String options) throws Exception {
        return court.allow("ALL: ALL: " + options + "\n").judge("in.ftpd", CLIENT, visit);
    }

    private List<String> logged() {
        return court.loggers.lines().stream().map(Object::toString).toList();
    }

    @Nested
    class ACommand {

        @Test
        void isExpandedAndRunBesideTheService() throws Exception {
            assertThat(run("spawn echo %a %A %d %p %r %R %% > /tmp/x &")).isEqualTo(Verdict.admit());
            assertThat(court.commands).containsExactly(
                    "echo 192.0.2.7 192.0.2.1 in.ftpd " + ProcessHandle.current().pid() + " 4711 21 % > /tmp/x &");
            assertThat(visit.replacement()).isEmpty();
        }

        @Test
        void namesNobodyWhoseNameWasNotLookedUpBefore() throws Exception {
            run("spawn %c %h %H %s : spawn %n %N : spawn %c %h %H %s");

            assertThat(court.commands).containsExactly("192.0.2.7 192.0.2.7 192.0.2.1 in.ftpd@192.0.2.1",
                    "client.example server.example", "client.example client.example server.example in.ftpd@server.example");
        }

        @Test
        void knowsTheUserOnceHeWasAskedFor() throws Exception {
            court.allow("ALL: ALL: spawn %c : rfc931 3 : spawn %u %c\n").judge("in.ftpd", "joe@" + CLIENT, visit);

            assertThat(court.commands).containsExactly("192.0.2.7", "joe joe@192.0.2.7");
            assertThat(court.lookedUp).containsExactly("user at 192.0.2.7 in 3");
        }

        @Test
        void getsNothingThatMeansSomethingToAShell() throws Exception {
            court.name(CLIENT, "$(reboot);`rm`|x&y>z'\"\\é\n.example");
            court.allow("ALL: ALL: spawn echo %n %u\n").judge("in.ftpd", "joe;reboot@" + CLIENT, visit);

            assertThat(court.commands).containsExactly("echo __reboot___rm__x_y_z_____.example joe_reboot");
        }

        @Test
        void runsAsTheOptionsBeforeItSay() throws Exception {
            run("user nobody.daemon : umask 077 : nice 5 : setenv WHO %a : spawn one : nice : spawn two");

            assertThat(court.commands).containsExactly("one [{WHO=192.0.2.7} nobody:daemon 63 5]",
                    "two [{WHO=192.0.2.7} nobody:daemon 63 15]");
        }

        @Test
        void withAColonIsWrittenWithABackslash() throws Exception {
            run("spawn echo a\\:b");

            assertThat(court.commands).containsExactly("echo a:b");
        }

        @Test
        void withAnUnknownLetterIsRunWithoutItAndSaysSo() throws Exception {
            run("spawn echo %z.");

            assertThat(court.commands).containsExactly("echo .");
            assertThat(logged()).contains("WARN test: hosts.allow:1: warning: unrecognized %z");
        }

        @Test
        void thatGrowsTooLongRefuses() throws Exception {
            court.name(CLIENT, "n".repeat(250));

            assertThat(run("spawn " + "%n".repeat(100))).isInstanceOf(Verdict.Refuse.class);
            assertThat(court.commands).isEmpty();
        }
    }

    @Nested
    class ATwist {

        @Test
        void servesTheClientInTheProgramsPlace() throws Exception {
            assertThat(run("setenv A b : nice 3 : umask 07 : twist /bin/echo %a %d")).isEqualTo(Verdict.admit());

            ServiceEntry served = visit.replacement().orElseThrow();
            assertThat(served.arguments()).containsExactly("/bin/sh", "sh", "-c", "/bin/echo 192.0.2.7 in.ftpd");
            assertThat(served.provider()).isEqualTo(ServiceEntry.EXEC);
            assertThat(served.identity()).isEqualTo(Identity.server());
            assertThat(served.options()).containsExactlyInAnyOrderEntriesOf(Map.of("env", "A=b", "nice", "3", "umask", "07"));
            assertThat(served.id()).isEqualTo(court.entry.id());
            assertThat(logged()).containsExactly("WARN switchboard.syslog.auth: twist 192.0.2.7 to /bin/echo 192.0.2.7 in.ftpd");
        }

        @Test
        void servesTheClientInTheProvidersPlace() throws Exception {
            court.entry = Entries.tcp("echo");
            visit = court.visit(CLIENT);

            run("user nobody : twist date");

            assertThat(visit.replacement().orElseThrow().arguments()).endsWith("date");
            assertThat(visit.replacement().orElseThrow().identity()).isEqualTo(new Identity("nobody", Optional.empty()));
        }

        @Test
        void ofTheOtherFileServesToo() throws Exception {
            court.deny("ALL: ALL: twist echo sorry\n").allow("");

            assertThat(court.judge("in.ftpd", CLIENT, visit)).isEqualTo(Verdict.admit());
            assertThat(visit.replacement()).isPresent();
        }

        @Test
        void ofADatagramRefuses() throws Exception {
            court.entry = Entries.entry("echo", Protocol.UDP4).build();
            visit = court.visit(CLIENT);

            assertThat(run("twist date")).isInstanceOf(Verdict.Refuse.class);
            assertThat(logged().get(0)).startsWith("ERROR test: hosts.allow:1: error: there is no connection");
        }
    }

    @Nested
    class AProgram {

        @Test
        void runsAsTheOptionsSay() throws Exception {
            run("user ftp : umask 027 : nice 4 : setenv FOO bar baz");

            ServiceEntry served = visit.replacement().orElseThrow();
            assertThat(served.identity()).isEqualTo(new Identity("ftp", Optional.empty()));
            assertThat(served.arguments()).isEqualTo(court.entry.arguments());
            assertThat(served.options()).containsExactlyInAnyOrderEntriesOf(Map.of("env", "FOO=bar baz", "nice", "4", "umask", "027"));
        }

        @Test
        void withAnOptionForTheSocketStaysAsItIs() throws Exception {
            run("keepalive : linger 30");

            assertThat(visit.journal()).containsExactly("keepalive", "linger 30");
            assertThat(visit.replacement()).isEmpty();
        }

        @Test
        void ofAUserWhoIsNotThereIsRefused() throws Exception {
            assertThat(run("user nosuchuser")).isInstanceOf(Verdict.Refuse.class);
            assertThat(logged()).contains("ERROR test: hosts.allow:1: error: unknown user: \"nosuchuser\"; connection refused");
        }
    }

    @Nested
    class ABanner {

        @Test
        void isAFileNamedAsTheDaemonAndSentBeforeAnythingElse() throws Exception {
            Files.writeString(folder.resolve("in.ftpd"), "\0\0Hello %a,\nthis is %d\nbye", StandardCharsets.ISO_8859_1);

            run("banners " + folder);

            assertThat(visit.journal()).containsExactly("send \0\0Hello 192.0.2.7,\r\nthis is in.ftpd\r\nbye");
        }

        @Test
        void isSentToWhomIsRefused() throws Exception {
            Files.writeString(folder.resolve("in.ftpd"), "Go away.\n");

            assertThat(run("banners " + folder + " : deny")).isInstanceOf(Verdict.Refuse.class);
            assertThat(visit.journal()).containsExactly("send Go away.\r\n");
        }

        @Test
        void thatIsNotThereIsNotSent() throws Exception {
            assertThat(run("banners " + folder)).isEqualTo(Verdict.admit());
            assertThat(visit.journal()).isEmpty();
            assertThat(logged()).containsExactly("INFO switchboard.syslog.auth: connection from 192.0.2.7, service in.ftpd (tcp4)");
        }
    }

    @Nested
    class TheLog {

        @Test
        void hasDecisionsAtFacilityAuth() throws Exception {
            run("deny");
            court.allow("ALL: ALL\n").judge("in.ftpd", CLIENT, visit);

            assertThat(logged()).containsExactly(
                    "WARN switchboard.syslog.auth: refused connection from 192.0.2.7, service in.ftpd (tcp4)",
                    "INFO switchboard.syslog.auth: connection from 192.0.2.7, service in.ftpd (tcp4)");
        }

        @Test
        void takesThemToWhereTheLineSays() throws Exception {
            run("severity local3.notice : deny");
            run("severity err : allow");

            assertThat(court.loggers.lines()).extracting("level").containsExactly(LogLevel.AUDIT, LogLevel.ERROR);
            assertThat(court.loggers.lines()).extracting("logger")
                    .containsExactly("switchboard.syslog.local3", "switchboard.syslog.daemon");
        }

        @Test
        void saysWhatIsWrongWithALineOnce() throws Exception {
            court.allow("a: ALL: severity loud\nb: 10.0.0.0/99\nc\nd: ALL: bogus\n");
            court.judge("a", CLIENT);
            court.judge("d", CLIENT);

            assertThat(court.findings).extracting(Object::toString).containsExactly(
                    "hosts.allow:1: error: bad syslog facility or severity: \"loud\"; whom the line matches is denied",
                    "hosts.allow:2: error: bad net/mask expression: 10.0.0.0/99; it matches nothing",
                    "hosts.allow:3: error: missing ':' separator; line skipped",
                    "hosts.allow:4: error: bad option name: \"bogus\"; whom the line matches is denied");
            assertThat(logged()).allMatch(line -> line.contains("refused connection from"));
        }
    }

    @Nested
    class AclExec {

        @Test
        void letsTheFileDecideIfTheCommandSaysSo() throws Exception {
            assertThat(run("aclexec check %a")).isEqualTo(Verdict.admit());
            assertThat(court.commands).containsExactly("check 192.0.2.7");
        }

        @Test
        void passesOverTheRestOfTheFileIfItDoesNot() throws Exception {
            court.exitStatus = 1;
            court.allow("ALL: ALL: aclexec check\nALL: ALL\n");

            assertThat(court.judge("in.ftpd", CLIENT)).isInstanceOf(Verdict.Refuse.class);
        }

        @Test
        void inTheOtherFileLetsInWhomItDoesNotName() throws Exception {
            court.exitStatus = 1;
            court.allow("").deny("ALL: ALL: aclexec check\n");

            assertThat(court.judge("in.ftpd", CLIENT)).isEqualTo(Verdict.admit());
        }
    }

    @Test
    void whatStandsBeforeABadOptionIsDone() throws Exception {
        assertThat(run("spawn first : bogus : spawn second")).isInstanceOf(Verdict.Refuse.class);
        assertThat(court.commands).containsExactly("first");
    }

    @Test
    void allowInTheOtherFileLetsIn() throws Exception {
        court.allow("").deny("ALL: ALL: allow\n");

        assertThat(court.judge("in.ftpd", CLIENT)).isEqualTo(Verdict.admit());
    }
}
