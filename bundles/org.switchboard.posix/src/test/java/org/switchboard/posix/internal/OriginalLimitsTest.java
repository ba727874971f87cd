package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.switchboard.posix.Launch.Limit;

class OriginalLimitsTest {

    @Test
    void eachWordIsOneLimit() {
        assertThat(OriginalLimits.parse(" nofile=1024:1048576  core=0:unlimited"))
                .containsExactly(new Limit(7, 1024, 1048576), new Limit(4, 0, -1));
    }

    @Test
    void noWordsAreNoLimits() {
        assertThat(OriginalLimits.parse("")).isEmpty();
    }

    @Test
    void aWordThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> OriginalLimits.parse("files=1:2")).hasMessageContaining("'files=1:2'");
        assertThatThrownBy(() -> OriginalLimits.parse("nofile=1")).hasMessageContaining("'nofile=1'");
        assertThatThrownBy(() -> OriginalLimits.parse("nofile=x:1")).hasMessageContaining("'x' is not a number");
        assertThatThrownBy(() -> OriginalLimits.parse("nofile=-1:1")).hasMessageContaining("'-1' is negative");
    }
}
