package org.switchboard.dispatcher.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.switchboard.testkit.ManualClock;

class RepeatedMessageTest {

    private final ManualClock clock = ManualClock.at("2026-11-24T12:00:00Z");
    private final RepeatedMessage message = new RepeatedMessage(clock, Duration.ofMinutes(1));

    @Test
    void theFirstIsLoggedAsItIs() {
        assertThat(message.next()).contains("");
    }

    @Test
    void thoseThatFollowWithinAWhileAreCounted() {
        message.next();
        for (int i = 0; i < 700; i++) {
            assertThat(message.next()).isEmpty();
        }
        clock.advance(Duration.ofMinutes(1));

        assertThat(message.next()).contains(" (and 700 more before)");
        assertThat(message.next()).isEmpty();
    }

    @Test
    void oneThatComesLaterIsAFirstOneAgain() {
        message.next();
        clock.advance(Duration.ofHours(1));

        assertThat(message.next()).contains("");
    }

    @Test
    void aClockThatIsSetBackSilencesNothing() {
        message.next();
        clock.advance(Duration.ofHours(-5));

        assertThat(message.next()).isPresent();
    }
}
