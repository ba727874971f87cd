package org.switchboard.itests.needs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class NeedsTest {

    @Test
    void whatIsMissingSkips() {
        assertThatThrownBy(() -> Needs.check(false, "no rsync", false)).isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no rsync");
    }

    @Test
    void whatIsMissingFailsWhereItIsRequired() {
        assertThatThrownBy(() -> Needs.check(false, "no rsync", true)).isInstanceOf(AssertionFailedError.class)
                .hasMessage("no rsync");
    }

    @Test
    void whatIsThereDoesNeither() {
        assertThatCode(() -> Needs.check(true, "no rsync", true)).doesNotThrowAnyException();
        assertThatCode(() -> Needs.check(true, "no rsync", false)).doesNotThrowAnyException();
    }
}
