package org.switchboard.dispatcher.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RelaunchPaceTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RelaunchPace pace = new RelaunchPace();

    private Duration relaunchAtOnce(int times) {
        return last(times, pace::afterEnd);
    }

    private Duration last(int times, Supplier<Duration> end) {
        Duration delay = Duration.ZERO;
        for (int i = 0; i < times; i++) {
            pace.readableAfter(Duration.ZERO);
            delay = end.get();
        }
        return delay;
    }

    private Duration sum(int times, Supplier<Duration> end) {
        Duration sum = Duration.ZERO;
        for (int i = 0; i < times; i++) {
            sum = sum.plus(last(1, end));
        }
        return sum;
    }

    @Test
    void aProgramThatTakesOneClientEachTimeIsNeverHeldUp() {
        assertThat(last(100_000, pace::afterTaking)).isZero();
    }

    @Test
    void aProgramThatTakesNothingIsSlowedDown() {
        assertThat(last(63, pace::afterTakingNothing)).isZero();
        assertThat(last(1, pace::afterTakingNothing)).isEqualTo(Duration.ofMillis(40));
    }

    @Test
    void theLargestLimitOfADialectIsReachedWithinItsMinute() {
        assertThat(sum(999, pace::afterTakingNothing)).isLessThan(MINUTE);
        pace.afterTaking();
        assertThat(sum(999, pace::afterEnd)).isLessThan(MINUTE);
    }

    @Test
    void whereThereIsNoLimitTheProgramIsSlowedDownToOneStartASecond() {
        assertThat(last(2000, pace::afterTakingNothing)).isEqualTo(Duration.ofSeconds(1));
        pace.afterTaking();
        assertThat(last(2000, pace::afterEnd)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whetherAClientWasTakenIsToldByAQuietMomentWhereTheKernelDoesNotTell() {
        relaunchAtOnce(100);
        pace.readableAfter(Duration.ofMillis(50));

        assertThat(pace.afterEnd()).isZero();
    }

    @Test
    void aClientThatWasTakenMakesItAllGoodAgain() {
        last(100, pace::afterTakingNothing);
        pace.afterTaking();

        assertThat(pace.afterTakingNothing()).isZero();
    }

    @Test
    void failuresWaitLongerEachTimeUpToTenSeconds() {
        assertThat(pace.afterFailure()).isEqualTo(Duration.ofMillis(100));
        assertThat(pace.afterFailure()).isEqualTo(Duration.ofMillis(200));
        for (int i = 0; i < 100; i++) {
            pace.afterFailure();
        }
        assertThat(pace.afterFailure()).isEqualTo(Duration.ofSeconds(10));
    }
}
