package org.switchboard.provider.echo.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
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

class EchoProviderTest implements ChannelProviderContract, DatagramProviderContract {

    private final EchoProvider echo = new EchoProvider();

    @Override
    public ChannelProvider channelProvider() {
        return echo;
    }

    @Override
    public DatagramProvider datagramProvider() {
        return echo;
    }

    private FakePeer connected() {
        return FakePeer.connected(echo, FakeSession.of(Entries.tcp("echo")));
    }

    @Nested
    class OverTcp {

        @Test
        void everythingSentComesBackInOrder() {
            FakePeer peer = connected().send("one ").send("two\r\n").send("\0\u00ff");

            assertThat(peer.received()).isEqualTo("one two\r\n\0\u00ff");
            assertThat(peer.isOpen()).isTrue();
        }

        @Test
        void aPeerThatClosedItsSideGetsEverythingAndThenTheEnd() {
            FakePeer peer = FakePeer.connected(echo, FakeSession.of(Entries.tcp("echo")), 2).send("hello").closeOutput();
            assertThat(peer.isOpen()).as("while there is something left to read").isTrue();

            peer.read(3);

            assertThat(peer.received()).isEqualTo("hello");
            assertThat(peer.isOpen()).isFalse();
        }

        @Test
        void aPeerThatSaysNothingAndClosesItsSideIsClosed() {
            assertThat(connected().closeOutput().isOpen()).isFalse();
        }

        @Test
        void readingGoesOnWhenThePeerReadsAgain() {
            FakePeer peer = FakePeer.connected(echo, FakeSession.of(Entries.tcp("echo")), 0);
            byte[] block = new byte[1 << 20];
            peer.send(Unpooled.wrappedBuffer(block));
            assertThat(peer.config().isAutoRead()).as("while the peer does not read").isFalse();

            peer.read(block.length);

            assertThat(peer.config().isAutoRead()).isTrue();
            assertThat(peer.receivedBytes()).hasSameSizeAs(block);
        }
    }

    @Nested
    class OverUdp {

        @Test
        void aDatagramComesBackWhole() throws IOException {
            FakeReply reply = new FakeReply();

            echo.serve(FakeDatagram.of(Entries.udp("echo"), "ping"), reply);

            assertThat(reply.texts()).containsExactly("ping");
        }

        @Test
        void aDatagramLongerThanAPageComesBackWhole() throws IOException {
            FakeReply reply = new FakeReply();

            echo.serve(FakeDatagram.of(Entries.udp("echo"), new byte[9000]), reply);

            assertThat(reply.sent()).singleElement().isEqualTo(new byte[9000]);
        }

        @Test
        void anEmptyDatagramGetsAnEmptyReply() throws IOException {
            FakeReply reply = new FakeReply();

            echo.serve(FakeDatagram.of(Entries.udp("echo"), ""), reply);

            assertThat(reply.texts()).containsExactly("");
        }
    }
}
