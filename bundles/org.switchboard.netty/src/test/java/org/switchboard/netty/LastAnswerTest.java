package org.switchboard.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LastAnswerTest {

    private static final byte[] BYE = "bye".getBytes(StandardCharsets.US_ASCII);

    @Test
    void theAnswerIsWrittenAndTheConnectionClosed() {
        EmbeddedChannel channel = new EmbeddedChannel(new LastAnswer(BYE));

        ByteBuf sent = channel.readOutbound();
        assertThat(sent.toString(StandardCharsets.US_ASCII)).isEqualTo("bye");
        assertThat(channel.isOpen()).isFalse();
        sent.release();
    }

    @Test
    void whatThePeerSendsIsReleased() {
        EmbeddedChannel stillSending = new EmbeddedChannel();
        stillSending.pipeline().addLast(new LastAnswer(BYE));
        ByteBuf segment = Unpooled.copiedBuffer("hello?", StandardCharsets.US_ASCII);

        stillSending.writeInbound(segment);

        assertThat(segment.refCnt()).isZero();
        stillSending.close();
    }

    @Test
    void anAnswerThatAFreshConnectionMightNotTakeIsRejected() {
        assertThatThrownBy(() -> new LastAnswer(new byte[LastAnswer.MAX_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("2049");
        assertThatThrownBy(() -> new LastAnswer(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
