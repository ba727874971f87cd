package org.switchboard.dispatcher.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.dispatcher.internal.admit.AdmissionPeriod;
import org.switchboard.dispatcher.internal.session.Conduct;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeLoggers;
import org.switchboard.testkit.ManualClock;

/** A verdict counts only for the version of the entry, and of its provider, that it was asked about. */
class SuspensionTest {

    private static final int FAULT_LIMIT = 2;
    private static final Verdict.Suspend FLOODED = new Verdict.Suspend(Instant.MAX, "more than 3 starts");

    private final ManualClock clock = ManualClock.at("2026-11-27T12:00:00Z");
    private final ServiceEntry three = entry("3");
    private final ServiceEntry hundred = entry("100");
    private final List<ServiceEntry> forgotten = new ArrayList<>();
    private final List<AdmissionPeriod> told = new ArrayList<>();
    private final Suspension suspension = new Suspension(new SuspendedServices(Optional.empty(), "this run",
            new FakeLoggers().getLogger(SuspensionTest.class)), three, () -> new FaultBrake(FAULT_LIMIT, clock), forgotten::add, told::add);

    private static ServiceEntry entry(String most) {
        return Entries.entry("echo", Protocol.TCP4).options(Map.of("service_max", most)).build();
    }

    private AdmissionPeriod served(ServiceEntry entry, boolean another) {
        suspension.begin(entry, another);
        return suspension.period();
    }

    private static void faults(Conduct conduct) {
        for (int i = 0; i < FAULT_LIMIT; i++) {
            conduct.fault("it failed");
        }
    }

    @Test
    void aVerdictIsInForceBeforeTheDispatcherHasHeardOfIt() {
        AdmissionPeriod period = served(three, true);

        period.suspend(FLOODED);

        assertThat(period.suspension()).contains(FLOODED);
        assertThat(suspension.isInForce()).isTrue();
        assertThat(suspension.concerns(period)).isTrue();
        assertThat(told).containsExactly(period);
    }

    @Test
    void aVerdictAboutTheFormerVersionDoesNotConcernTheNewOneWhenItComesBeforeThatServes() {
        AdmissionPeriod before = served(three, true);
        suspension.changed();

        before.suspend(FLOODED);

        assertThat(before.suspension()).as("the former version admits nobody until the new one serves").contains(FLOODED);
        assertThat(suspension.concerns(before)).isFalse();
        assertThat(suspension.isInForce()).isFalse();
        assertThat(served(hundred, false).suspension()).isEmpty();
    }

    @Test
    void norWhenItComesAfterThat() {
        AdmissionPeriod before = served(three, true);
        suspension.changed();
        AdmissionPeriod after = served(hundred, false);

        before.suspend(FLOODED);

        assertThat(after.isOpen()).isTrue();
        assertThat(suspension.isInForce()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void aReloadThatChangesNothingKeepsTheVerdictThatComesDuringIt() {
        AdmissionPeriod period = served(three, true);
        assertThat(suspension.liftVerdict()).isFalse();
        period.suspend(FLOODED);

        assertThat(suspension.isInForce()).isTrue();
    }

    @Test
    void aReloadLiftsASuspensionAndNobodyIsAdmittedBeforeTheEntryServesAgain() {
        AdmissionPeriod period = served(three, true);
        period.suspend(FLOODED);

        assertThat(suspension.liftVerdict()).isTrue();

        assertThat(suspension.isInForce()).isFalse();
        assertThat(period.suspension()).contains(FLOODED);
        assertThat(served(three, false).isOpen()).isTrue();
    }

    @Test
    void whatWasCountedUnderOtherOptionsIsForgottenWhenTheNewOnesAreInForce() {
        served(three, true);
        suspension.changed();
        assertThat(forgotten).isEmpty();

        served(hundred, false);
        served(hundred, true);

        assertThat(forgotten).containsExactly(three);
    }

    @Test
    void faultsOfAFormerVersionOfTheProviderAreNotCountedForTheNewOne() {
        served(three, true);
        Conduct before = suspension.conduct();
        before.fault("it failed");
        AdmissionPeriod period = served(three, true);
        faults(before);
        suspension.conduct().fault("it failed");

        assertThat(period.isOpen()).isTrue();
        suspension.conduct().fault("it failed");
        assertThat(period.isOpen()).isFalse();
    }

    @Test
    void whatTheOperatorDecidesIsInForceAtOnceAndUntilItIsResumed() {
        AdmissionPeriod period = served(three, true);

        suspension.decideByOperator();

        assertThat(period.suspension()).isPresent();
        assertThat(suspension.concernsAdmitted()).isTrue();
        suspension.changed();
        assertThat(suspension.isInForce()).isTrue();
        suspension.lift();
        assertThat(served(hundred, false).isOpen()).isTrue();
    }
}
