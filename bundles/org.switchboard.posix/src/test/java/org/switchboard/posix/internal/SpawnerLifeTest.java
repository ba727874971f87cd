package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.switchboard.posix.Exit;
import org.switchboard.posix.PosixException;
import org.switchboard.testkit.FakeLoggers;
import org.switchboard.testkit.ManualClock;

@EnabledOnOs(OS.LINUX)
class SpawnerLifeTest {

    private final ManualClock clock = ManualClock.at("2026-11-22T20:51:33Z");
    private final FakeLoggers loggers = new FakeLoggers();
    private LinuxSpawner spawner;
    private Programs programs;

    @BeforeEach
    void start() throws Exception {
        spawner = new LinuxSpawner(Native.parts(), List.of(), clock, loggers.logger());
        programs = new Programs(spawner);
    }

    @AfterEach
    void end() {
        spawner.close();
    }

    private void killTheSpawner() throws Exception {
        LibC.kill(programs.pidOfTheSpawner(), 9);
        loggers.await("the spawner ended (signal 9)");
    }

    @Test
    void aProgramWhoseSpawnerDiedHasAnUnknownEndAndLivesOn() throws Exception {
        try (Programs.Running running = programs.start(Programs.shell("echo here; cat"))) {
            running.program().started().toCompletableFuture().get(10, TimeUnit.SECONDS);

            killTheSpawner();

            assertThat(Programs.exit(running.program())).isEqualTo(new Exit.Unknown("the spawner ended (signal 9)"));
            Native.send(running.socket(), "and here\n");
            LibC.shutdown(running.socket(), 1);
            assertThat(Native.readAll(running.socket())).isEqualTo("here\nand here\n");
        }
    }

    @Test
    void theNextStartBringsANewSpawner() throws Exception {
        killTheSpawner();

        assertThat(programs.run(Programs.shell("echo again")).text()).isEqualTo("again\n");
    }

    @Test
    void aSpawnerThatKeepsDyingIsStartedAgainOnlyAfterAPause() throws Exception {
        killTheSpawner();
        int second = programs.pidOfTheSpawner();
        LibC.kill(second, 9);
        loggers.await(line -> loggers.lines().stream().filter(each -> each.message().contains("signal 9")).count() == 2,
                Duration.ofSeconds(10));

        assertThat(spawner.obstacle()).hasValueSatisfying(why -> assertThat(why).contains("does not stay alive"));
        assertThatThrownBy(() -> programs.run(Programs.NOTHING)).isInstanceOf(PosixException.class);

        clock.advance(Duration.ofMillis(100));
        assertThat(spawner.obstacle()).isEmpty();
    }

    @Test
    void programsLiveOnWhenTheServerEnds() throws Exception {
        try (Programs.Running running = programs.start(Programs.shell("echo here; cat"))) {
            running.program().started().toCompletableFuture().get(10, TimeUnit.SECONDS);
            spawner.close();

            assertThat(Programs.exit(running.program())).isInstanceOf(Exit.Unknown.class);
            LibC.shutdown(running.socket(), 1);
            assertThat(Native.readAll(running.socket())).isEqualTo("here\n");
        }
    }

    @Test
    void theSpawnerGoesWithTheServer() throws Exception {
        Optional<ProcessHandle> process = ProcessHandle.of(programs.pidOfTheSpawner());
        spawner.close();

        process.ifPresent(handle -> handle.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        assertThat(spawner.obstacle()).hasValueSatisfying(why -> assertThat(why).contains("the server ends"));
    }

    @Test
    void terminalSignalsDoNotEndTheSpawner() throws Exception {
        int pid = programs.pidOfTheSpawner();
        for (int signal : new int[] {1, 2, 3, 15, 20}) {
            LibC.kill(pid, signal);
        }

        assertThat(programs.pidOfTheSpawner()).isEqualTo(pid);
    }
}
