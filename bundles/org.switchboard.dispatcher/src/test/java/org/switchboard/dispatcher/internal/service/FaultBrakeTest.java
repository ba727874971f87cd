package org.switchboard.dispatcher.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchboard.api.admission.Verdict;
import org.switchboard.testkit.ManualClock;

class FaultBrakeTest {

    private final ManualClock clock = ManualClock.at("2026-11-24T12:00:00Z");
    private final List<Verdict.Suspend> pauses = new ArrayList<>();
    private final FaultBrake brake = new FaultBrake(3, clock, pauses::add);

    private void faults(int times) {
        for (int i = 0; i < times; i++) {
            brake.fault("provider 'x' failed");
        }
    }

    private List<Long> seconds() {
        return pauses.stream().map(pause -> Duration.between(clock.instant(), pause.until()).toSeconds()).toList();
    }

    @Test
    void fewFaultsAreBorneAndAGoodSessionForgivesThem() {
        faults(2);
        brake.good();
        faults(2);

        assertThat(pauses).isEmpty();
    }

    @Test
    void tooManyInARowCloseTheEntryForASecondAndSayWhy() {
        faults(3);

        assertThat(seconds()).containsExactly(1L);
        assertThat(pauses.get(0).reason()).isEqualTo("failed 3 times in a row; provider 'x' failed");
    }

    @Test
    void sessionsThatFailWhileItIsClosedSayNothingNew() {
        faults(10);

        assertThat(pauses).hasSize(1);
    }

    @Test
    void eachFaultAfterThatDoublesThePauseUpToTenMinutes() {
        faults(3);
        for (int i = 0; i < 12; i++) {
            clock.advance(Duration.ofMinutes(11));
            pauses.clear();
            faults(1);
        }

        assertThat(seconds()).containsExactly(600L);
    }

    @Test
    void aGoodSessionBeginsFromTheFront() {
        faults(3);
        clock.advance(Duration.ofMinutes(1));
        brake.good();
        pauses.clear();
        faults(3);

        assertThat(seconds()).containsExactly(1L);
    }

    @Test
    void aLimitOfZeroBearsEverything() {
        FaultBrake patient = new FaultBrake(0, clock, pauses::add);
        for (int i = 0; i < 100; i++) {
            patient.fault("again");
        }

        assertThat(pauses).isEmpty();
    }
}
