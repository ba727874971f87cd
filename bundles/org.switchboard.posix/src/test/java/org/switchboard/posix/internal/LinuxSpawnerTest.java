package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.posix.Exit;
import org.switchboard.posix.Launch;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.Program;
import org.switchboard.posix.Spawner;
import org.switchboard.testkit.FakeLoggers;

@EnabledOnOs(OS.LINUX)
class LinuxSpawnerTest {

    private static final int SIGTERM = 15;

    private static LinuxSpawner spawner;
    private static Programs programs;

    @BeforeAll
    static void start() throws Exception {
        List<Launch.Limit> original = OriginalLimits.parse("nofile=777:888");
        spawner = new LinuxSpawner(Native.parts(), original, InstantSource.system(), new FakeLoggers().logger());
        programs = new Programs(spawner);
    }

    @AfterAll
    static void end() {
        spawner.close();
    }

    @Nested
    class AProgramFinds {

        @Test
        void theSocketOnZeroOneAndTwo() throws Exception {
            Programs.Said said = programs.run(Programs.shell("readlink /proc/self/fd/0; readlink /proc/$$/fd/1; readlink /proc/$$/fd/2"));

            assertThat(said.text().lines()).hasSize(3).allMatch(link -> link.startsWith("socket:["));
            assertThat(said.text().lines().distinct()).hasSize(1);
        }

        @Test
        void devNullWhereThereIsNoSocket(@TempDir Path folder) throws Exception {
            Path result = folder.resolve("result");

            Program program = spawner.start(Programs.shell("readlink /proc/$$/fd/0 > " + result + "; readlink /proc/$$/fd/2 >> " + result),
                    Spawner.NO_SOCKET);
            program.exited().toCompletableFuture().get(60, TimeUnit.SECONDS);

            assertThat(Files.readAllLines(result)).containsExactly("/dev/null", "/dev/null");
        }

        @Test
        void noOtherDescriptorOpen() throws Exception {
            // The fourth is what ls reads the directory with.
            assertThat(programs.run(Programs.launch("/bin/ls", "ls", "/proc/self/fd")).text().split("\\s+"))
                    .containsExactly("0", "1", "2", "3");
        }

        @Test
        void theSocketInBlockingMode() throws Exception {
            int[] pair = Native.pair();
            new LinuxSockets(Native.parts()).setBlocking(pair[1], false);

            Program program = spawner.start(Programs.launch("/bin/grep", "grep", "flags", "/proc/self/fdinfo/0"), pair[1]);
            LibC.close(pair[1]);
            String flags = Native.readAll(pair[0]).replaceAll("\\D", "");
            LibC.close(pair[0]);

            assertThat(Integer.parseInt(flags, 8) & LibC.O_NONBLOCK).isZero();
            assertThat(Programs.exit(program)).isInstanceOf(Exit.Ended.class);
        }

        @Test
        void defaultSignalsAndAnEmptyMask() throws Exception {
            Programs.Said said = programs.run(Programs.launch("/bin/cat", "cat", "/proc/self/status"));

            assertThat(List.of(said.line("SigIgn:"), said.line("SigBlk:"), said.line("SigPnd:")))
                    .allMatch(mask -> mask.matches("0+"));
        }

        @Test
        void itselfTheLeaderOfASession() throws Exception {
            String[] stat = programs.run(Programs.launch("/bin/cat", "cat", "/proc/self/stat")).text().split(" ");

            assertThat(stat[5]).as("session").isEqualTo(stat[0]);
        }

        @Test
        void theOriginalLimitsAndThenThoseOfTheLaunch() throws Exception {
            Launch.Limit core = new Launch.Limit(4, 0, 0);
            Launch launch = Programs.with(Programs.launch("/bin/cat", "cat", "/proc/self/limits"), 022, 0, List.of(core), "/");

            Programs.Said said = programs.run(launch);

            assertThat(said.line("Max open files")).startsWith("777 ").contains(" 888 ");
            assertThat(said.line("Max core file size")).startsWith("0 ");
        }

        @Test
        void itsUmaskNicenessAndDirectory() throws Exception {
            Launch launch = Programs.with(Programs.shell("umask; nice; pwd"), 027, 5, List.of(), "/usr");
            int before = Integer.parseInt(programs.run(Programs.launch("/usr/bin/nice", "nice")).text().trim());

            assertThat(programs.run(launch).text().lines()).containsExactly("0027", Integer.toString(Math.min(19, before + 5)), "/usr");
        }

        @Test
        void itsArgumentsAndItsWholeEnvironment() throws Exception {
            Launch launch = new Launch("/bin/sh", List.of("own name", "-c", "echo \"$0\"; exec env", "größe"), Map.of("A", "1 2"),
                    Optional.empty(), OptionalInt.empty(), 0, List.of(), Optional.empty(), "/");

            assertThat(programs.run(launch).text().lines().filter(line -> !line.matches("(PWD|_|SHLVL|OLDPWD)=.*")))
                    .containsExactly("größe", "A=1 2");
        }

        @Test
        void everyByteThatWasQueuedBeforeItStarted() throws Exception {
            String input = "x".repeat(100_000) + "end\n";

            Programs.Said said = programs.run(Programs.launch("/usr/bin/wc", "wc", "-c"), input);

            assertThat(said.text().trim()).isEqualTo(Integer.toString(input.length()));
        }
    }

    @Nested
    class TheServerHears {

        @Test
        void thePidOfTheProgram() throws Exception {
            try (Programs.Running running = programs.start(Programs.shell("echo $$"))) {
                long pid = running.program().started().toCompletableFuture().get(10, TimeUnit.SECONDS);

                assertThat(Native.readAll(running.socket()).trim()).isEqualTo(Long.toString(pid));
                assertThat(running.program().pid()).hasValue(pid);
            }
        }

        @Test
        void theExitStatus() throws Exception {
            assertThat(programs.run(Programs.shell("exit 3")).exit())
                    .isInstanceOfSatisfying(Exit.Ended.class, ended -> assertThat(ended.status()).isEqualTo(3));
        }

        @Test
        void thatTrueUsesTheMemoryOfTrueAndNotOurs() throws Exception {
            assertThat(programs.run(Programs.NOTHING).exit()).isInstanceOfSatisfying(Exit.Ended.class,
                    ended -> assertThat(ended.peakMemory()).isBetween(1L, 10_000_000L));
        }

        @Test
        void theCpuTimeOfTheProgram() throws Exception {
            assertThat(programs.run(Programs.shell("i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done")).exit())
                    .isInstanceOfSatisfying(Exit.Ended.class, ended -> assertThat(ended.cpu()).isPositive());
        }

        @Test
        void theSignalThatEndedIt() throws Exception {
            try (Programs.Running running = programs.start(Programs.launch("/bin/cat", "cat"))) {
                running.program().signal(SIGTERM);

                assertThat(Programs.exit(running.program()))
                        .isInstanceOfSatisfying(Exit.Ended.class, ended -> assertThat(ended.signal()).isEqualTo(SIGTERM));
            }
        }

        @Test
        void stepAndReasonWhenItCannotBeExecuted() throws Exception {
            Programs.Said said = programs.run(Programs.launch("/usr/sbin/in.nothing", "in.nothing"));

            assertThat(said.exit()).isEqualTo(new Exit.NotStarted("exec /usr/sbin/in.nothing: No such file or directory", LibC.ENOENT));
        }

        @Test
        void stepAndReasonWhenItsDirectoryIsNotThere() throws Exception {
            Launch launch = Programs.with(Programs.NOTHING, 022, 0, List.of(), "/no/such");

            assertThat(programs.run(launch).exit())
                    .isEqualTo(new Exit.NotStarted("chdir /no/such: No such file or directory", LibC.ENOENT));
        }

        @Test
        void thatTheStartFailed() throws Exception {
            try (Programs.Running running = programs.start(Programs.launch("/no/such", "such"))) {
                assertThatThrownBy(() -> running.program().started().toCompletableFuture().get(10, TimeUnit.SECONDS))
                        .cause().isInstanceOf(PosixException.class).hasMessage("exec /no/such: No such file or directory");
            }
        }

        @Test
        void beforeAnythingIsSentThatTheRequestIsTooLong() throws Exception {
            Launch launch = Programs.launch("/bin/true", "true", "x".repeat(Wire.MAX_REQUEST));

            assertThatThrownBy(() -> programs.run(launch)).isInstanceOf(PosixException.class).hasMessageContaining("more than 131072");
        }
    }

    @Nested
    class InTheLongRun {

        @Test
        void theLongestRequestIsServed() throws Exception {
            String longest = "x".repeat(Wire.MAX_REQUEST - 1024);

            assertThat(programs.run(Programs.launch("/usr/bin/expr", "expr", "length", longest)).text().trim())
                    .isEqualTo(Integer.toString(longest.length()));
        }

        @Test
        void twoThousandStartsLeaveNoDescriptorAndNoZombie() throws Exception {
            programs.run(Programs.NOTHING);
            int before = Native.openDescriptors();
            int[] pair = Native.pair();
            List<Program> started = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                started.add(spawner.start(Programs.NOTHING, pair[1]));
            }
            LibC.close(pair[0]);
            LibC.close(pair[1]);

            assertThat(Programs.exits(started)).allMatch(exit -> exit instanceof Exit.Ended ended && ended.status() == 0);
            assertThat(Native.openDescriptors()).isEqualTo(before);
            assertThat(openDescriptorsAndChildrenOfTheSpawner()).isEqualTo("0 1 2 3, children: ");
        }

        /** As a started program sees its parent. */
        private String openDescriptorsAndChildrenOfTheSpawner() throws Exception {
            Programs.Said said = programs.run(Programs.shell("echo $PPID"));
            Path spawnerProcess = Path.of("/proc", said.text().trim());
            List<String> open = new ArrayList<>();
            try (var found = Files.newDirectoryStream(spawnerProcess.resolve("fd"))) {
                found.forEach(fd -> open.add(fd.getFileName().toString()));
            }
            open.sort(null);
            String children = Files.readString(spawnerProcess.resolve("task").resolve(said.text().trim()).resolve("children"));
            return String.join(" ", open) + ", children: " + children;
        }
    }
}
