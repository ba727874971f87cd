package org.switchboard.dispatcher.internal.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class KernelBuffersTest {

    /** The file has three numbers, and is read as a whole: the bound is the last number, not a part of the first. */
    @Test
    void theShareIsThatOfAMachineAndNotOfAPartOfANumber() {
        assertThat(KernelBuffers.share()).isGreaterThan(1024 * 1024);
    }

    @Test
    void whatIsNoTcpConnectionKeepsNothingThere() {
        assertThat(KernelBuffers.of(new EmbeddedChannel())).isZero();
    }
}
