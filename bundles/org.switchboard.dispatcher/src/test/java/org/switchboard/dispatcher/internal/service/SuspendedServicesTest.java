package org.switchboard.dispatcher.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.api.admission.Verdict;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeLoggers;

class SuspendedServicesTest {

    @TempDir
    private Path directory;

    private SuspendedServices of(String server) {
        return new SuspendedServices(Optional.of(directory.resolve("suspended")), server,
                new FakeLoggers().getLogger(SuspendedServicesTest.class));
    }

    private static Suspension suspension(SuspendedServices services, String name) {
        return new Suspension(services, Entries.tcp(name), () -> new FaultBrake(1, InstantSource.system()), entry -> { }, period -> { });
    }

    @Test
    void theNextDispatcherOfTheSameServerKeepsThemClosedUntilTheyAreResumed() {
        suspension(of("this run"), "echo").byOperator();
        suspension(of("this run"), "ftp").byOperator();

        Suspension next = suspension(of("this run"), "ftp");
        assertThat(next.isInForce()).isTrue();
        assertThat(suspension(of("this run"), "time").isInForce()).isFalse();

        next.lift();
        assertThat(suspension(of("this run"), "ftp").isInForce()).isFalse();
        assertThat(suspension(of("this run"), "echo").isInForce()).isTrue();
    }

    @Test
    void aServerThatIsStartedAnewOpensThem() {
        suspension(of("one run"), "echo").byOperator();

        assertThat(suspension(of("another run"), "echo").isInForce()).isFalse();
    }

    @Test
    void aReloadUndoesWhatARuleDidAndNotWhatTheOperatorDid() {
        Suspension byRule = suspension(of("this run"), "echo");
        byRule.period().suspend(new Verdict.Suspend(Instant.MAX, "cps"));
        Suspension byOperator = suspension(of("this run"), "ftp");
        byOperator.byOperator();

        assertThat(byRule.liftVerdict()).isTrue();
        assertThat(byOperator.liftVerdict()).isFalse();
        assertThat(byRule.isInForce()).isFalse();
        assertThat(byOperator.isInForce()).isTrue();
        assertThat(suspension(of("this run"), "echo").isInForce()).as("what a rule did is not written down").isFalse();
    }

    @Test
    void whereNothingCanBeWrittenAServiceIsSuspendedAllTheSame() throws Exception {
        Files.createDirectory(directory.resolve("suspended"));
        FakeLoggers loggers = new FakeLoggers();
        SuspendedServices services = new SuspendedServices(Optional.of(directory.resolve("suspended")), "run",
                loggers.getLogger(SuspendedServicesTest.class));
        Suspension suspension = suspension(services, "echo");
        suspension.byOperator();

        assertThat(suspension.isInForce()).isTrue();
    }
}
