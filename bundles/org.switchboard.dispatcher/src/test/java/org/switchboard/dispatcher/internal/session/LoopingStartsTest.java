package org.switchboard.dispatcher.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.switchboard.api.admission.Verdict;
import org.switchboard.testkit.ManualClock;

class LoopingStartsTest {

    private static final String SOCKET = "0.0.0.0:69";

    private final ManualClock clock = ManualClock.at("2026-11-24T12:00:00Z");
    private final List<String> log = new ArrayList<>();
    private final LoopingStarts starts = new LoopingStarts(3, clock, log::add);

    private Optional<Verdict.Suspend> tookNothing(int times) {
        Optional<Verdict.Suspend> last = Optional.empty();
        for (int i = 0; i < times; i++) {
            last = starts.tookNothing(SOCKET);
        }
        return last;
    }

    @Test
    void theFirstIsLoggedAndAllAreCounted() {
        tookNothing(2);

        assertThat(log).containsExactly("its program ends without taking what waits on 0.0.0.0:69; started again, until"
                + " the limit of the entry or 3 such starts in a row suspend it");
        assertThat(starts.count()).isEqualTo(2);
    }

    @Test
    void asManyInARowAsTheLimitSuspendTheEntryForTenMinutes() {
        assertThat(tookNothing(2)).isEmpty();

        assertThat(tookNothing(1)).contains(new Verdict.Suspend(clock.instant().plus(Duration.ofMinutes(10)),
                "its program ended 3 times in a row without taking what waits"));
    }

    @Test
    void afterTheSuspensionARowBeginsAnew() {
        tookNothing(3);

        assertThat(tookNothing(2)).isEmpty();
    }

    @Test
    void aProgramThatTakesOneOfManyEachTimeIsNeverSuspended() {
        for (int i = 0; i < 1000; i++) {
            starts.tookSomething(SOCKET);
        }

        assertThat(starts.count()).isZero();
        assertThat(log).isEmpty();
    }

    @Test
    void whatIsTakenBetweenBeginsANewRow() {
        tookNothing(2);
        starts.tookSomething(SOCKET);

        assertThat(tookNothing(2)).isEmpty();
    }

    @Test
    void whatIsTakenFromAnotherSocketOfTheEntryDoesNotHideTheLoop() {
        tookNothing(2);
        starts.tookSomething("[::]:69");

        assertThat(tookNothing(1)).isPresent();
    }

    @Test
    void rowsThatBeginAgainAndAgainAreLoggedOnceInTenMinutesWithTheirNumber() {
        for (int i = 0; i < 5; i++) {
            tookNothing(1);
            starts.tookSomething(SOCKET);
        }
        clock.advance(Duration.ofMinutes(11));
        tookNothing(1);

        assertThat(log).hasSize(2);
        assertThat(log.get(1)).endsWith(" (and 4 more before)");
    }

    @Test
    void withoutALimitItIsOnlyLoggedAndCounted() {
        LoopingStarts unlimited = new LoopingStarts(0, clock, log::add);
        for (int i = 0; i < 5000; i++) {
            assertThat(unlimited.tookNothing(SOCKET)).isEmpty();
        }
        assertThat(log).containsExactly("its program ends without taking what waits on 0.0.0.0:69; started again");
    }

    @Test
    void aProgramThatCannotBeStartedIsTriedSoOften() {
        for (int i = 1; i < LoopingStarts.MOST_FAILED; i++) {
            assertThat(starts.notStarted(SOCKET)).isEmpty();
        }

        assertThat(starts.notStarted(SOCKET).orElseThrow().reason())
                .isEqualTo("its program could not be started 16 times in a row");
    }

    @Test
    void oneStartBetweenForgivesFailures() {
        starts.notStarted(SOCKET);
        starts.tookNothing(SOCKET);
        for (int i = 1; i < LoopingStarts.MOST_FAILED; i++) {
            assertThat(starts.notStarted(SOCKET)).isEmpty();
        }
    }
}
