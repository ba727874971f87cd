package org.switchboard.provider.chargen.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
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

class ChargenProviderTest implements ChannelProviderContract, DatagramProviderContract {

    private static final int FULL_CIRCLE = CharacterRing.LINES * CharacterRing.LINE_BYTES;

    private final ChargenProvider chargen = new ChargenProvider();
    private final FakeSession session = FakeSession.of(Entries.tcp("chargen"));

    @Override
    public ChannelProvider channelProvider() {
        return chargen;
    }

    @Override
    public DatagramProvider datagramProvider() {
        return chargen;
    }

    @Nested
    class OverTcp {

        @Test
        void theFirstLineBeginsWithASpaceAndEndsWithG() {
            FakePeer peer = FakePeer.connected(chargen, session, CharacterRing.LINE_BYTES);

            assertThat(peer.received())
                    .isEqualTo(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg\r\n");
            peer.close();
        }

        @Test
        void everyLineStartsOneCharacterFurtherOnAroundTheRing() {
            FakePeer peer = FakePeer.connected(chargen, session, 2 * FULL_CIRCLE);

            List<String> lines = List.of(peer.received().split("\r\n"));

            assertThat(lines).hasSize(2 * CharacterRing.LINES).allMatch(line -> line.length() == 72);
            assertThat(lines.get(1)).startsWith("!\"#").endsWith("gh");
            assertThat(lines.get(94)).startsWith("~ !\"");
            assertThat(lines.get(95)).isEqualTo(lines.get(0));
            peer.close();
        }

        @Test
        void thePeerGetsAsMuchAsItReadsAndNothingIsLostInBetween() {
            FakePeer peer = FakePeer.connected(chargen, session, 10);

            for (int i = 0; i < 10; i++) {
                peer.read(FULL_CIRCLE);
            }

            assertThat(peer.receivedBytes()).hasSize(10 + 10 * FULL_CIRCLE);
            assertThat(peer.received().substring(3 * FULL_CIRCLE, 4 * FULL_CIRCLE))
                    .isEqualTo(peer.received().substring(0, FULL_CIRCLE));
            peer.close();
        }

        @Test
        void inputIsIgnored() {
            FakePeer peer = FakePeer.connected(chargen, session, CharacterRing.LINE_BYTES).send("stop").closeOutput();

            peer.read(CharacterRing.LINE_BYTES);

            assertThat(peer.received()).hasSize(2 * CharacterRing.LINE_BYTES);
            assertThat(peer.isOpen()).isTrue();
            peer.close();
        }

        @Test
        void aDrainedSessionEndsWithAWholeLine() {
            FakePeer peer = FakePeer.connected(chargen, session, 10);

            session.drain();
            peer.read(100 * FULL_CIRCLE);

            assertThat(peer.isOpen()).isFalse();
            assertThat(peer.received()).endsWith("\r\n");
        }
    }

    @Nested
    class OverUdp {

        private final FakeReply reply = new FakeReply();

        private void request(String content) throws IOException {
            chargen.serve(FakeDatagram.of(Entries.udp("chargen"), content), reply);
        }

        @Test
        void eachDatagramGetsOneLineAndTheNextGetsTheNext() throws IOException {
            request("");
            request("ignored");

            assertThat(reply.texts()).hasSize(2).allMatch(line -> line.length() == CharacterRing.LINE_BYTES);
            assertThat(reply.texts().get(0)).startsWith(" !\"#").endsWith("efg\r\n");
            assertThat(reply.texts().get(1)).startsWith("!\"#$").endsWith("fgh\r\n");
        }

        @Test
        void theLinesBeginAgainAfterTheLastOne() throws IOException {
            for (int i = 0; i <= CharacterRing.LINES; i++) {
                request("");
            }

            assertThat(reply.texts().get(CharacterRing.LINES)).isEqualTo(reply.texts().get(0));
        }
    }
}
