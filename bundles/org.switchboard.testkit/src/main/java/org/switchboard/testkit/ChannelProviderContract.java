package org.switchboard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.annotation.versioning.ConsumerType;
import org.switchboard.netty.ChannelProvider;

/** What every {@link ChannelProvider} must keep. A test class implements this next to its own tests. */
@ConsumerType
public interface ChannelProviderContract {

    /** The provider under test; one object for the whole test. */
    ChannelProvider channelProvider();

    @Test
    default void twoConnectionsAreServedByOneProvider() {
        ChannelProvider provider = channelProvider();

        FakePeer first = FakePeer.connected(provider, FakeSession.of(Entries.tcp("first")), Memory.WINDOW);
        FakePeer second = FakePeer.connected(provider, FakeSession.of(Entries.tcp("second")), Memory.WINDOW);

        assertThat(first.received()).as("what the second peer gets on connecting").isEqualTo(second.received());
        first.close();
        second.close();
    }

    @Test
    default void aPeerThatSendsAndNeverReadsCostsBoundedMemory() {
        FakePeer peer = FakePeer.connected(channelProvider(), FakeSession.of(Entries.tcp("x")), 0);

        for (int i = 0; i < Memory.SEGMENTS && peer.isOpen() && peer.config().isAutoRead(); i++) {
            peer.send(Unpooled.wrappedBuffer(new byte[Memory.SEGMENT]));
        }

        assertThat(peer.pending()).as("bytes written and not read by the peer").isLessThan(Memory.BOUND);
        peer.close();
    }

    @Test
    default void aPeerThatVanishesLeavesNoBufferBehind() {
        FakePeer peer = FakePeer.connected(channelProvider(), FakeSession.of(Entries.tcp("x")), 1);
        List<ByteBuf> sent = new ArrayList<>();
        for (int i = 0; i < 3 && peer.isOpen(); i++) {
            ByteBuf segment = Unpooled.wrappedBuffer(new byte[100]);
            sent.add(segment);
            peer.send(segment);
        }

        peer.close();
        peer.runPendingTasks();

        assertThat(sent).as("buffers handed to the provider").allMatch(segment -> segment.refCnt() == 0);
    }

    /** The sizes of the test with a peer that does not read. */
    final class Memory {
        static final int WINDOW = 1000;
        static final int SEGMENT = 64 * 1024;
        static final int SEGMENTS = 256;
        static final long BOUND = 1024 * 1024;

        private Memory() {
        }
    }
}
