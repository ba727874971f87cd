package org.switchboard.dispatcher.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.api.admission.Verdict;
import org.switchboard.testkit.FakeLoggers;

class SuspendedServicesTest {

    @TempDir
    private Path directory;

    private SuspendedServices of(String server) {
        return new SuspendedServices(Optional.of(directory.resolve("suspended")), server,
                new FakeLoggers().getLogger(SuspendedServicesTest.class));
    }

    @Test
    void theNextDispatcherOfTheSameServerKeepsThemClosedUntilTheyAreResumed() {
        new Suspension(of("this run"), "echo/tcp").byOperator();
        new Suspension(of("this run"), "ftp/tcp").byOperator();

        Suspension next = new Suspension(of("this run"), "ftp/tcp");
        assertThat(next.isInForce()).isTrue();
        assertThat(new Suspension(of("this run"), "time/tcp").isInForce()).isFalse();

        next.lift();
        assertThat(new Suspension(of("this run"), "ftp/tcp").isInForce()).isFalse();
        assertThat(new Suspension(of("this run"), "echo/tcp").isInForce()).isTrue();
    }

    @Test
    void aServerThatIsStartedAnewOpensThem() {
        new Suspension(of("one run"), "echo/tcp").byOperator();

        assertThat(new Suspension(of("another run"), "echo/tcp").isInForce()).isFalse();
    }

    @Test
    void aChangeOfTheEntryUndoesWhatARuleDidAndNotWhatTheOperatorDid() {
        Suspension byRule = new Suspension(of("this run"), "echo/tcp");
        byRule.byRule(new Verdict.Suspend(Instant.MAX, "cps"));
        Suspension byOperator = new Suspension(of("this run"), "ftp/tcp");
        byOperator.byOperator();

        assertThat(byRule.liftRule()).isTrue();
        assertThat(byOperator.liftRule()).isFalse();
        assertThat(byRule.isInForce()).isFalse();
        assertThat(byOperator.isInForce()).isTrue();
        assertThat(new Suspension(of("this run"), "echo/tcp").isInForce()).as("what a rule did is not written down").isFalse();
    }

    @Test
    void whereNothingCanBeWrittenAServiceIsSuspendedAllTheSame() throws Exception {
        Files.createDirectory(directory.resolve("suspended"));
        FakeLoggers loggers = new FakeLoggers();
        SuspendedServices services = new SuspendedServices(Optional.of(directory.resolve("suspended")), "run",
                loggers.getLogger(SuspendedServicesTest.class));
        Suspension suspension = new Suspension(services, "echo/tcp");
        suspension.byOperator();

        assertThat(suspension.isInForce()).isTrue();
    }
}
