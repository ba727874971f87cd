package org.switchboard.dispatcher.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchboard.api.admission.Verdict;
import org.switchboard.dispatcher.internal.admit.AdmissionPeriod;
import org.switchboard.dispatcher.internal.session.Conduct;
import org.switchboard.testkit.ManualClock;

class FaultBrakeTest {

    private final ManualClock clock = ManualClock.at("2026-11-24T12:00:00Z");
    private final List<Verdict.Suspend> pauses = new ArrayList<>();
    private final FaultBrake brake = new FaultBrake(3, clock);
    private AdmissionPeriod period = period();
    private Conduct conduct = brake.during(period);

    private AdmissionPeriod period() {
        return new AdmissionPeriod(Optional::empty, ended -> pauses.add(ended.suspension().orElseThrow()));
    }

    /** The suspension is over. */
    private void resume() {
        period.end();
        period = period();
        conduct = brake.during(period);
        pauses.clear();
    }

    private void faults(int times) {
        for (int i = 0; i < times; i++) {
            conduct.fault("provider 'x' failed");
        }
    }

    private List<Long> seconds() {
        return pauses.stream().map(pause -> Duration.between(clock.instant(), pause.until()).toSeconds()).toList();
    }

    @Test
    void fewFaultsAreBorneAndAGoodSessionForgivesThem() {
        faults(2);
        conduct.good();
        faults(2);

        assertThat(pauses).isEmpty();
    }

    @Test
    void tooManyInARowSuspendTheEntryForASecondAndSayWhy() {
        faults(3);

        assertThat(seconds()).containsExactly(1L);
        assertThat(pauses.get(0).reason()).isEqualTo("failed 3 times in a row; provider 'x' failed");
    }

    @Test
    void sessionsThatFailWhileItIsSuspendedSayNothingNew() {
        faults(10);

        assertThat(pauses).hasSize(1);
    }

    @Test
    void sessionsThatBeganBeforeASuspensionSayNothingAboutTheTimeAfterIt() {
        Conduct before = conduct;
        faults(3);
        resume();
        before.fault("late");
        before.good();
        faults(1);

        assertThat(pauses).singleElement().extracting(Verdict.Suspend::reason).asString().startsWith("failed 4 times");
    }

    @Test
    void eachFaultAfterThatDoublesThePauseUpToTenMinutes() {
        faults(3);
        for (int i = 0; i < 12; i++) {
            resume();
            faults(1);
        }

        assertThat(seconds()).containsExactly(600L);
    }

    @Test
    void aGoodSessionBeginsFromTheFront() {
        faults(3);
        resume();
        conduct.good();
        faults(3);

        assertThat(seconds()).containsExactly(1L);
    }

    @Test
    void aLimitOfZeroBearsEverything() {
        conduct = new FaultBrake(0, clock).during(period);
        faults(100);

        assertThat(pauses).isEmpty();
    }
}
