package org.switchboard.provider.discard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.switchboard.api.provider.DatagramProvider;
import org.switchboard.netty.ChannelProvider;
import org.switchboard.testkit.ChannelProviderContract;
import org.switchboard.testkit.DatagramProviderContract;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeDatagram;
import org.switchboard.testkit.FakePeer;
import org.switchboard.testkit.FakeReply;
import org.switchboard.testkit.FakeSession;

class DiscardProviderTest implements ChannelProviderContract, DatagramProviderContract {

    private final DiscardProvider discard = new DiscardProvider();

    @Override
    public ChannelProvider channelProvider() {
        return discard;
    }

    @Override
    public DatagramProvider datagramProvider() {
        return discard;
    }

    @Test
    void nothingIsAnsweredHoweverMuchIsSent() {
        FakePeer peer = FakePeer.connected(discard, FakeSession.of(Entries.tcp("discard")));

        for (int i = 0; i < 100; i++) {
            peer.send(Unpooled.wrappedBuffer(new byte[10_000]));
        }

        assertThat(peer.receivedBytes()).isEmpty();
        assertThat(peer.isOpen()).isTrue();
        assertThat(peer.config().isAutoRead()).isTrue();
        peer.close();
    }

    @Test
    void theConnectionEndsWhenThePeerClosesItsSide() {
        FakePeer peer = FakePeer.connected(discard, FakeSession.of(Entries.tcp("discard"))).send("bye").closeOutput();

        assertThat(peer.isOpen()).isFalse();
    }

    @Test
    void aDatagramGetsNoReply() {
        FakeReply reply = new FakeReply();

        discard.serve(FakeDatagram.of(Entries.udp("discard"), "anybody there?"), reply);

        assertThat(reply.sent()).isEmpty();
    }
}
