package org.switchboard.provider.time.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
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
import org.switchboard.testkit.ManualClock;

class TimeProviderTest implements ChannelProviderContract, DatagramProviderContract {

    private final ManualClock clock = ManualClock.at("1970-01-01T00:00:00Z");
    private final TimeProvider time = new TimeProvider(clock);

    @Override
    public ChannelProvider channelProvider() {
        return time;
    }

    @Override
    public DatagramProvider datagramProvider() {
        return time;
    }

    private byte[] overTcp() {
        FakePeer peer = FakePeer.connected(time, FakeSession.of(Entries.tcp("time")));
        assertThat(peer.isOpen()).isFalse();
        return peer.receivedBytes();
    }

    @Test
    void theExampleOfTheStandardIsSentAndTheConnectionClosed() {
        assertThat(overTcp()).containsExactly(0x83, 0xaa, 0x7e, 0x80);
    }

    @Test
    void aDatagramIsAnsweredWithTheSameFourBytes() throws IOException {
        FakeReply reply = new FakeReply();

        time.serve(FakeDatagram.of(Entries.udp("time"), ""), reply);

        assertThat(reply.sent()).singleElement().isEqualTo(overTcp());
    }

    @Test
    void afterTheLastSecondTheyBeginAtZero() {
        clock.set(Instant.parse("2036-02-07T06:28:15Z"));
        assertThat(overTcp()).containsExactly(0xff, 0xff, 0xff, 0xff);

        clock.set(Instant.parse("2036-02-07T06:28:16Z"));
        assertThat(overTcp()).containsExactly(0, 0, 0, 0);
    }
}
