package org.switchboard.dispatcher.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelaunchPaceTest {

    private final RelaunchPace pace = new RelaunchPace();

    private Duration relaunchAtOnce(int times) {
        Duration delay = Duration.ZERO;
        for (int i = 0; i < times; i++) {
            pace.readableAfter(Duration.ZERO);
            delay = pace.afterEnd();
        }
        return delay;
    }

    @Test
    void aServerThatTakesOneClientEachTimeIsNotHeldUp() {
        assertThat(relaunchAtOnce(63)).isZero();
    }

    @Test
    void aServerThatTakesNothingIsSlowedDownToOneStartASecond() {
        assertThat(relaunchAtOnce(64)).isEqualTo(Duration.ofMillis(10));
        assertThat(relaunchAtOnce(20)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aQuietMomentMakesItAllGoodAgain() {
        relaunchAtOnce(100);
        pace.readableAfter(Duration.ofMillis(50));

        assertThat(pace.afterEnd()).isZero();
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
