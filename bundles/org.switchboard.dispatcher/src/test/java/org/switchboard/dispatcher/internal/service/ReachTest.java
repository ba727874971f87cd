package org.switchboard.dispatcher.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchboard.api.runtime.EntryState;

class ReachTest {

    @ParameterizedTest(name = "{0}, serves {1}, left {2}, turning away {3}: {4}")
    @CsvSource({
            "LISTENING, true,  false, false, READY",
            "LISTENING, true,  false, true,  READY", // the provider is back, and the rest follows
            "LISTENING, true,  true,  false, READY",
            "LISTENING, false, true,  false, READY",
            "LISTENING, false, false, false, NONE", // closed for good
            "WAITING,   false, false, false, COMING",
            "WAITING,   true,  false, false, WAITING",
            "WAITING,   true,  true,  false, READY", // the next dispatcher waits for the provider
            "WAITING,   false, true,  false, READY",
            "WAITING,   false, false, true,  NONE",
            "WAITING,   false, true,  true,  NONE",
            "FAILED,    true,  false, false, NONE",
            "FAILED,    true,  true,  false, NONE",
            "SUSPENDED, true,  false, false, NONE",
            "DISABLED,  false, false, false, NONE",
            "HELD,      true,  false, false, NONE"})
    void anEntryIsReachedInOneOfFourWays(EntryState state, boolean serves, boolean left, boolean turningAway, Reach reach) {
        assertThat(Reach.of(state, serves, left, turningAway)).isEqualTo(reach);
    }
}
