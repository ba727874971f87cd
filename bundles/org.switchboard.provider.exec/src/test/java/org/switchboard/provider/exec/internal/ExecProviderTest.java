package org.switchboard.provider.exec.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.log.LogLevel;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.Ending;
import org.switchboard.api.provider.Instance;
import org.switchboard.posix.Account;
import org.switchboard.posix.Exit;
import org.switchboard.posix.Launch;
import org.switchboard.posix.SystemText;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeLoggers;
import org.switchboard.testkit.ManualClock;

class ExecProviderTest {

    private static final int ROOT = 0;
    private static final int JOE = 1000;

    /** What the server was started with. */
    private static final Map<String, String> SERVERS = Map.of("LANG", "de_DE.UTF-8", "PATH", "/opt/bin", "LD_PRELOAD", "x.so",
            "HOME", "/root", "TERMINFO", "/x", "USERNAME", "joe", "JAVA_HOME", "/opt/java", "NOTIFY_SOCKET", "/run/notify");

    private final Fakes.Starter spawner = new Fakes.Starter();
    private final ManualClock clock = ManualClock.at("2026-11-22T20:51:33Z");
    private final FakeLoggers loggers = new FakeLoggers();
    private final Fakes.People people = new Fakes.People(ROOT);

    private ExecProvider provider(Fakes.People who) {
        return new ExecProvider(new Accounts(who, clock), spawner, 022, SERVERS,
                new HostNames(address -> "client.example", Duration.ofSeconds(60)), "/", loggers.logger());
    }

    private static ServiceEntry entry(String user, String program, String... argv) {
        Identity identity = user.contains(":") ? new Identity(user.split(":")[0], Optional.of(user.split(":")[1]))
                : new Identity(user, Optional.empty());
        return Entries.entry("ftp", Protocol.TCP4).identity(identity).program(program, List.of(argv)).build();
    }

    private static ServiceEntry with(String option, String value) {
        return Entries.entry("ftp", Protocol.TCP4).program("/bin/true", List.of("true")).options(Map.of(option, value)).build();
    }

    private static Fakes.Handed connection(ServiceEntry entry) {
        return new Fakes.Handed(9, 1, entry, address("192.0.2.1", 21), address("192.0.2.7", 4711));
    }

    private static Optional<SocketAddress> address(String host, int port) {
        return Optional.of(new InetSocketAddress(host, port));
    }

    private Launch launched(ServiceEntry entry) throws IOException {
        provider(people).start(connection(entry));
        return spawner.launches.get(0);
    }

    @Nested
    class AProgramGets {

        @Test
        void itsPathAndItsArguments() throws IOException {
            Launch launch = launched(entry("-", "/usr/sbin/in.ftpd", "ftpd", "-l"));

            assertThat(launch.program()).isEqualTo("/usr/sbin/in.ftpd");
            assertThat(launch.argv()).containsExactly("ftpd", "-l");
        }

        @Test
        void theLastPartOfItsPathWhereTheLineHasNoArguments() throws IOException {
            assertThat(launched(entry("-", "/usr/sbin/in.ftpd")).argv()).containsExactly("in.ftpd");
        }

        @Test
        void aPathAndTheEndsOfItsConnectionAndNothingElse() throws IOException {
            assertThat(launched(entry("-", "/bin/true")).environment()).isEqualTo(Map.of("PATH", ProgramEnvironment.PATH,
                    "PROTO", "TCP", "TCPLOCALIP", "192.0.2.1", "TCPLOCALPORT", "21", "TCPREMOTEIP", "192.0.2.7",
                    "TCPREMOTEPORT", "4711"));
        }

        @Test
        void thePathAloneWhenItTakesTheListener() throws IOException {
            ServiceEntry waiting = Entries.entry("ftp", Protocol.TCP4).mode(Mode.WAIT).program("/bin/true", List.of()).build();

            provider(people).start(new Fakes.Handed(9, 1, waiting, address("192.0.2.1", 21), Optional.empty()));

            assertThat(spawner.launches.get(0).environment()).isEqualTo(Map.of("PATH", ProgramEnvironment.PATH));
        }

        @Test
        void theLaunderedEnvironmentOfTheServerIfTheEntrySaysSo() throws IOException {
            assertThat(launched(with("environment", "laundered")).environment())
                    .isEqualTo(Map.of("LANG", "de_DE.UTF-8", "USERNAME", "joe"));
        }

        @Test
        void theWholeEnvironmentOfTheServerButWhatIsOurs() throws IOException {
            assertThat(launched(with("environment", "inherited")).environment()).isEqualTo(Map.of("LANG", "de_DE.UTF-8",
                    "PATH", "/opt/bin", "LD_PRELOAD", "x.so", "HOME", "/root", "TERMINFO", "/x", "USERNAME", "joe"));
        }

        @Test
        void theEndsOfItsConnectionByNumberOrByName() throws IOException {
            Map<String, String> numbers = launched(with("environment", "tcpremote")).environment();
            provider(people).start(connection(with("environment", "tcpremote-resolved")));

            assertThat(numbers).containsEntry("TCPREMOTEIP", "192.0.2.7").containsEntry("PROTO", "TCP")
                    .containsEntry("LANG", "de_DE.UTF-8").containsEntry("PATH", "/opt/bin").doesNotContainKeys("TCPREMOTEHOST");
            assertThat(spawner.launches.get(1).environment()).containsEntry("TCPREMOTEHOST", "client.example")
                    .containsEntry("TCPLOCALHOST", "client.example").containsEntry("TCPREMOTEPORT", "4711");
        }

        @ParameterizedTest
        @CsvSource({"TCP6, ::1, ::1", "TCP6, 2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1", "TCP46, 192.0.2.7, ::ffff:192.0.2.7",
            "TCP46, ::1, ::1", "TCP4, 192.0.2.7, 192.0.2.7"})
        void addressesAsItsSocketShowsThem(Protocol protocol, String client, String text) throws IOException {
            ServiceEntry entry = Entries.entry("ftp", protocol).program("/bin/true", List.of()).build();

            provider(people).start(new Fakes.Handed(9, 1, entry, address(client, 21), address(client, 4711)));

            assertThat(spawner.launches.get(0).environment()).containsEntry("TCPREMOTEIP", text).containsEntry("TCPLOCALIP", text);
        }

        @Test
        void noNameThatIsNotKnownInTime() {
            CountDownLatch never = new CountDownLatch(1);
            try (HostNames slow = new HostNames(address -> {
                try {
                    never.await();
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                }
                return "late";
            }, Duration.ofMillis(1)); HostNames nameless = new HostNames(InetAddress::getHostAddress, Duration.ofSeconds(60))) {
                assertThat(slow.of(InetAddress.getLoopbackAddress())).isEmpty();
                assertThat(nameless.of(InetAddress.getLoopbackAddress())).isEmpty();
            }
        }

        @Test
        void theUmaskOfItsEntry() throws IOException {
            assertThat(launched(with("umask", "077")).umask()).isEqualTo(OptionalInt.of(077));
        }

        @Test
        void theRootDirectoryAndTheUmask() throws IOException {
            Launch launch = launched(entry("-", "/bin/true"));

            assertThat(launch.directory()).isEqualTo("/");
            assertThat(launch.umask()).isEqualTo(OptionalInt.of(022));
        }
    }

    @Nested
    class AsWhomItRuns {

        @Test
        void theServersOwnUserChangesNothing() throws IOException {
            assertThat(launched(entry("-", "/bin/true")).account()).isEmpty();
        }

        @Test
        void aUserBringsItsGroups() throws IOException {
            assertThat(launched(entry("ftp", "/bin/true")).account())
                    .contains(new Account("ftp", 14, 50, List.of(50, 14, 60), "/srv/ftp", "/bin/false"));
        }

        @Test
        void aGroupTakesThePlaceOfTheUsersOwn() throws IOException {
            assertThat(launched(entry("ftp:www", "/bin/true")).account())
                    .contains(new Account("ftp", 14, 33, List.of(33, 14, 60), "/srv/ftp", "/bin/false"));
        }

        @Test
        void rootWithAGroupHasNoOther() throws IOException {
            assertThat(launched(entry("root:www", "/bin/true")).account())
                    .contains(new Account("root", 0, 33, List.of(33), "/root", "/bin/sh"));
        }

        @Test
        void aDotIsAGroupOnlyWhereNobodyHasThatName() throws IOException {
            assertThat(launched(entry("ftp.www", "/bin/true")).account()).map(Account::gid).contains(33);

            people.add(new Account("ftp.www", 70, 71, List.of(71), "/", "/bin/false"));
            clock.advance(Accounts.KEPT);
            provider(people).start(connection(entry("ftp.www", "/bin/true")));
            assertThat(spawner.launches.get(1).account()).map(Account::uid).contains(70);
        }

        @Test
        void withoutRootNobodyElse() {
            Fakes.People joes = new Fakes.People(JOE);
            joes.add(new Account("joe", JOE, JOE, List.of(JOE), "/home/joe", "/bin/sh"));

            assertThatThrownBy(() -> provider(joes).start(connection(entry("ftp", "/bin/true")))).isInstanceOf(IOException.class)
                    .hasMessage("cannot become user 'ftp': the server runs as 'joe', not as root");
            assertThatThrownBy(() -> provider(joes).start(connection(entry("joe:www", "/bin/true"))))
                    .hasMessage("cannot take the group of 'joe:www': the server does not run as root");
            assertThat(spawner.launches).isEmpty();
        }

        @Test
        void withoutRootOneself() throws IOException {
            Fakes.People joes = new Fakes.People(JOE);
            joes.add(new Account("joe", JOE, JOE, List.of(JOE), "/home/joe", "/bin/sh"));

            provider(joes).start(connection(entry("joe", "/bin/true")));

            assertThat(spawner.launches.get(0).account()).isEmpty();
        }
    }

    @Nested
    class NameServices {

        @Test
        void areAskedOnceInABurst() throws IOException {
            ExecProvider provider = provider(people);
            for (int i = 0; i < 100; i++) {
                provider.start(connection(entry("ftp", "/bin/true")));
            }

            assertThat(people.questions()).isEqualTo(1);
        }

        @Test
        void areAskedAgainAfterAWhile() throws IOException {
            ExecProvider provider = provider(people);
            provider.start(connection(entry("ftp", "/bin/true")));
            clock.advance(Accounts.KEPT);
            provider.start(connection(entry("ftp", "/bin/true")));

            assertThat(people.questions()).isEqualTo(2);
        }

        @Test
        void areAskedAgainAfterAFailure() throws IOException {
            ExecProvider provider = provider(people);
            provider.start(connection(entry("ftp", "/bin/true")));
            spawner.programs.get(0).exited().complete(new Exit.NotStarted("setuid", 1));
            provider.start(connection(entry("ftp", "/bin/true")));

            assertThat(people.questions()).isEqualTo(2);
        }
    }

    @Nested
    class AnEntryDoesNotRun {

        @TempDir
        private Path directory;

        private Optional<String> obstacle(ServiceEntry entry) {
            return provider(people).obstacle(entry);
        }

        @Test
        void unlessNothingStandsInTheWay() {
            assertThat(obstacle(entry("ftp", "/bin/sh", "sh"))).isEmpty();
        }

        @Test
        void whoseProgramIsNotThere() {
            assertThat(obstacle(entry("-", "/usr/sbin/in.nothing"))).contains("/usr/sbin/in.nothing: No such file or directory");
        }

        @Test
        void whoseProgramCannotBeExecuted() throws IOException {
            Path file = Files.createFile(directory.resolve("file"));

            assertThat(obstacle(entry("-", file.toString()))).contains(file + ": Permission denied");
        }

        @Test
        void whoseProgramIsADirectory() {
            assertThat(obstacle(entry("-", "/bin"))).contains("/bin: Is a directory");
        }

        @Test
        void whoseProgramIsNamedLikeAnotherInOtherBytes(@TempDir Path folder) throws IOException {
            for (String other : List.of("caf?", "caf\u00e9", "caf\uFFFD", "caf\\xe9")) {
                Path program = Files.writeString(SystemText.path(folder + "/" + other), "");
                Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            }

            assertThat(obstacle(entry("-", folder + "/caf\uDCE9"))).contains(folder + "/caf\uDCE9: No such file or directory");
        }

        @Test
        void whosePathHoldsAControlCharacter() {
            assertThat(obstacle(entry("-", "/bin/true\0/x")))
                    .contains("the path of the program, '/bin/true\\x00/x', holds a control character");
            assertThat(obstacle(entry("-", "/bin/a\nb")))
                    .contains("the path of the program, '/bin/a\\x0ab', holds a control character");
        }

        @Test
        void whoseRelativeProgramIsNotInTheWorkingDirectory() {
            assertThat(obstacle(entry("-", "./bin/sh"))).isEmpty();
            assertThat(obstacle(entry("-", "./no/sh"))).contains("./no/sh in the working directory /: No such file or directory");
            assertThat(obstacle(entry("-", "./bin"))).contains("./bin in the working directory /: Is a directory");
        }

        @Test
        void whoseUserOrGroupIsUnknown() {
            assertThat(obstacle(entry("nobody-knows", "/bin/sh"))).contains("unknown user 'nobody-knows'");
            assertThat(obstacle(entry("ftp:nobody-knows", "/bin/sh"))).contains("unknown group 'nobody-knows'");
            assertThat(obstacle(entry("ftp.nobody-knows", "/bin/sh"))).contains("unknown group 'nobody-knows'");
        }

        @Test
        void withoutTheSpawner() {
            spawner.obstacle = Optional.of("this build has no spawner");

            assertThat(obstacle(entry("ftp", "/bin/sh"))).contains("this build has no spawner");
        }
    }

    @Nested
    class AnEndIsTold {

        private final Instance instance = start();

        private Instance start() {
            try {
                return provider(people).start(connection(entry("-", "/bin/true")));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private Ending after(Exit exit) {
            spawner.programs.get(0).started().complete(4711L);
            spawner.programs.get(0).exited().complete(exit);
            return instance.ended().toCompletableFuture().join();
        }

        @Test
        void withPidTimeAndMemory() {
            assertThat(after(new Exit.Ended(0, 0, Duration.ofMillis(1234), 1_300_000)))
                    .isEqualTo(Ending.of("ok", "pid=4711 cpu=1.23 peak=1.2M"));
        }

        @Test
        void withItsExitStatus() {
            assertThat(after(new Exit.Ended(3, 0, Duration.ZERO, 0)).outcome()).isEqualTo("exit=3");
        }

        @Test
        void withItsSignal() {
            assertThat(after(new Exit.Ended(0, 9, Duration.ZERO, 0)).outcome()).isEqualTo("signal=9");
        }

        @Test
        void asUnknownWhenTheSpawnerWent() {
            assertThat(after(new Exit.Unknown("the spawner ended"))).isEqualTo(Ending.of("unknown", "pid=4711"));
        }

        @Test
        void withTheReasonWhenItNeverRan() {
            spawner.programs.get(0).exited().complete(new Exit.NotStarted("exec /bin/true: No such file or directory", 2));

            assertThat(instance.ended().toCompletableFuture().join())
                    .isEqualTo(Ending.notStarted("exec /bin/true: No such file or directory"));
        }

        @Test
        void inTheLogIfItWentWrongWithTheSocketOfTheService() throws IOException {
            ServiceEntry waiting = Entries.entry("tftp", Protocol.UDP4).mode(Mode.WAIT).program("/usr/sbin/in.tftpd", List.of()).build();
            after(new Exit.Ended(1, 0, Duration.ZERO, 0));
            for (Exit exit : List.of(new Exit.Ended(0, 0, Duration.ZERO, 0), new Exit.Ended(2, 0, Duration.ZERO, 0),
                    new Exit.Ended(0, 9, Duration.ZERO, 0))) {
                provider(people).start(new Fakes.Handed(9, 1, waiting, address("192.0.2.1", 69), Optional.empty()));
                spawner.programs.get(spawner.programs.size() - 1).exited().complete(exit);
            }
            assertThat(loggers.messages(LogLevel.WARN))
                    .containsExactly("/usr/sbin/in.tftpd: exit status 2", "/usr/sbin/in.tftpd: exit signal 9");
        }

        @Test
        void afterSigtermWhenItIsAskedToEnd() {
            instance.end();

            assertThat(spawner.programs.get(0).signals()).containsExactly(15);
        }

        @Test
        void ofAProgramThatIsNamedByItsPid() {
            spawner.programs.get(0).started().complete(4711L);

            assertThat(instance.description()).isEqualTo("pid=4711");
        }
    }

    @Nested
    class TheUmask {

        @Test
        void isOctal() {
            assertThat(Umask.parse(Optional.of("0027"), loggers.logger())).isEqualTo(027);
        }

        @Test
        void is022Unsaid() {
            assertThat(Umask.parse(Optional.empty(), loggers.logger())).isEqualTo(022);
        }

        @Test
        void is022WithAWarningWhenItCannotBeRead() {
            assertThat(Umask.parse(Optional.of("rwx"), loggers.logger())).isEqualTo(022);
            assertThat(loggers.messages(LogLevel.WARN)).hasSize(1);
        }
    }
}
