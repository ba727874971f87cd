package org.switchboard.provider.exec.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerEnvironmentTest {

    @Test
    void isWhatTheProcessWasStartedWith() {
        assertThat(ServerEnvironment.variables()).containsEntry("PATH", System.getenv("PATH"));
    }

    @Test
    void keepsEqualsSignsAndBytesAndTheFirstOfTwo() {
        assertThat(ServerEnvironment.parse("A=b=c\0LATIN=\uDCE9\0EMPTY=\0A=d\0=x\0odd\0"))
                .isEqualTo(Map.of("A", "b=c", "LATIN", "\uDCE9", "EMPTY", ""));
    }
}
