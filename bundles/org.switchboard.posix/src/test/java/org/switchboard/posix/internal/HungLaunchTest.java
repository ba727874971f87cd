package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.posix.Account;
import org.switchboard.posix.Exit;
import org.switchboard.posix.Launch;
import org.switchboard.posix.Program;
import org.switchboard.posix.Spawner;
import org.switchboard.testkit.FakeLoggers;

/** A launch that does not come to its end costs only itself. */
@EnabledOnOs(OS.LINUX)
class HungLaunchTest {

    private static final int SIGKILL = 9;
    private static final int SIGSTOP = 19;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int PATIENCE_SECONDS = 60;
    private static final int F_SETSIG = 10;
    private static final int F_SETLEASE = 1024;
    private static final int F_WRLCK = 1;
    private static final int SIGURG = 23;
    /** It takes a while to copy the arguments, so that there is time to stop the child. */
    private static final Launch LONG = Programs.launch("/bin/true", "true", "x".repeat(100_000));

    private final FakeLoggers loggers = new FakeLoggers();
    private LinuxSpawner spawner;
    private Programs programs;

    @BeforeEach
    void start() throws Exception {
        spawner = new LinuxSpawner(Native.parts(), List.of(), TIMEOUT, InstantSource.system(), loggers.logger());
        programs = new Programs(spawner);
    }

    @AfterEach
    void end() {
        spawner.close();
    }

    private static List<Integer> children(int pid) throws Exception {
        List<Integer> children = new ArrayList<>();
        for (String child : Files.readString(Path.of("/proc/" + pid + "/task/" + pid + "/children")).split("\\s+")) {
            if (!child.isEmpty()) {
                children.add(Integer.valueOf(child));
            }
        }
        return children;
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Stops each child as soon as it can be seen, until one of them had not executed its program yet. */
    private Program stopOneBeforeItIsExecuted(int spawnerPid) throws Exception {
        while (true) {
            Program program = spawner.start(LONG, Spawner.NO_SOCKET);
            while (!program.started().toCompletableFuture().isDone()) {
                for (int child : children(spawnerPid)) {
                    LibC.kill(child, SIGSTOP);
                    if (!program.started().toCompletableFuture().isDone()) {
                        return program;
                    }
                }
            }
            program.signal(SIGKILL);
            get(program.exited());
        }
    }

    private Exit.NotStarted giveUpOne(int spawnerPid) throws Exception {
        while (true) {
            Program stopped = stopOneBeforeItIsExecuted(spawnerPid);
            Exit[] exit = new Exit[1];
            try {
                get(stopped.started());
                stopped.signal(SIGKILL);
            } catch (ExecutionException givenUp) {
                exit[0] = get(stopped.exited());
            }
            if (exit[0] instanceof Exit.NotStarted notStarted) {
                return notStarted;
            }
            get(stopped.exited());
        }
    }

    @Test
    void aStoppedLaunchIsGivenUpAndTheReasonSaysWhoStoppedIt() throws Exception {
        int pid = programs.pidOfTheSpawner();

        assertThat(giveUpOne(pid)).isEqualTo(new Exit.NotStarted("exec /bin/true: not executed within 1 s; killed"
                + " (a process of its user had stopped it by signal 19)", LibC.ETIMEDOUT));
        assertThat(programs.pidOfTheSpawner()).as("the same spawner").isEqualTo(pid);
    }

    @Test
    void othersAreStartedWhileOneHangs() throws Exception {
        Program stopped = stopOneBeforeItIsExecuted(programs.pidOfTheSpawner());

        assertThat(programs.run(Programs.shell("echo here")).text()).isEqualTo("here\n");
        get(stopped.started().handle((pid, failure) -> {
            stopped.signal(SIGKILL);
            return pid;
        }));
        get(stopped.exited());
    }

    /**
     * {@code execve} waits until the holder of a lease gives it up, as for a file server that does not answer
     * (fcntl(2), F_SETLEASE).
     */
    @Test
    void aProgramFileThatDoesNotOpenCostsOnlyItsOwnLaunches(@TempDir Path directory) throws Exception {
        Path leased = Files.copy(Path.of("/bin/true"), directory.resolve("leased"));
        int pid = programs.pidOfTheSpawner();
        int file = Errors.check(LibC.open((leased + "\0").getBytes(StandardCharsets.UTF_8), LibC.O_RDWR), "open");
        try {
            // The signal that tells the holder would end this process, were it not one that is ignored.
            Errors.check(LibC.fcntl(file, F_SETSIG, SIGURG), "fcntl F_SETSIG");
            assumeTrue(LibC.fcntl(file, F_SETLEASE, F_WRLCK) == 0, "no leases on the file system of " + directory);
            Program hung = spawner.start(Programs.launch(leased.toString(), "leased"), Spawner.NO_SOCKET);

            assertThat(programs.run(Programs.shell("echo here")).text()).isEqualTo("here\n");
            assertThat(get(hung.exited())).isEqualTo(
                    new Exit.NotStarted("exec " + leased + ": not executed within 1 s; killed", LibC.ETIMEDOUT));
            assertThat(programs.pidOfTheSpawner()).as("the same spawner").isEqualTo(pid);
        } finally {
            LibC.close(file);
        }
    }

    @Test
    void aSpawnerThatHasBeenStoppedIsKilledAndReplaced() throws Exception {
        LibC.kill(programs.pidOfTheSpawner(), SIGSTOP);

        Program program = spawner.start(Programs.NOTHING, Spawner.NO_SOCKET);

        assertThat(get(program.exited())).isEqualTo(new Exit.Unknown("the spawner ended (signal 9)"));
        loggers.await("The spawner has said nothing for");
        assertThat(programs.run(Programs.shell("echo again")).text()).isEqualTo("again\n");
    }

    /** Signals to all its processes, sent by a user whose programs we start, reach ours before they execute their program. */
    @ParameterizedTest
    @ValueSource(strings = {"STOP", "KILL", "QUIT"})
    void aUserWhoSignalsTheLaunchesHarmsNoOther(String signal) throws Exception {
        assumeTrue(Native.isRoot(), "only root starts programs of others");
        int uid = ThreadLocalRandom.current().nextInt(62_000, 65_000);
        Account hostile = new Account("hostile", uid, uid, List.of(uid), "/", "/bin/sh");
        int pid = programs.pidOfTheSpawner();
        int descriptors = Native.openDescriptors();
        List<Program> theirs = new ArrayList<>();
        List<Program> ours = new ArrayList<>();

        Program attack = spawner.start(Programs.as(hostile, Programs.shell("while :; do kill -s " + signal + " -- -1; done")),
                Spawner.NO_SOCKET);
        get(attack.started());
        for (int i = 0; i < 200; i++) {
            theirs.add(spawner.start(Programs.as(hostile, Programs.NOTHING), Spawner.NO_SOCKET));
            ours.add(spawner.start(Programs.NOTHING, Spawner.NO_SOCKET));
        }

        assertThat(Programs.exits(ours)).allMatch(exit -> exit instanceof Exit.Ended ended && ended.status() == 0);
        for (Program program : theirs) {
            // Either way, but it must be known; a program that has been stopped is its user's affair.
            get(program.started().handle((started, failure) -> true));
        }
        attack.signal(SIGKILL);
        get(attack.exited());
        theirs.forEach(program -> program.signal(SIGKILL));
        get(CompletableFuture.allOf(theirs.stream().map(program -> program.exited().toCompletableFuture())
                .toArray(CompletableFuture[]::new)));
        assertThat(programs.run(Programs.as(hostile, Programs.shell("echo $PPID"))).text().trim()).isEqualTo("" + pid);
        assertThat(Native.openDescriptors()).isEqualTo(descriptors);
        assertThat(Path.of("/proc/" + pid + "/fd").toFile().list()).hasSize(4);
        assertThat(children(pid)).isEmpty();
    }
}
