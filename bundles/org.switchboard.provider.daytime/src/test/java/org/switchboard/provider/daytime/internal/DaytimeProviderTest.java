package org.switchboard.provider.daytime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

class DaytimeProviderTest implements ChannelProviderContract, DatagramProviderContract {

    private static final ZoneId UTC = ZoneId.of("UTC");

    private final ManualClock clock = ManualClock.at("2026-11-22T20:51:33Z");
    private final DaytimeProvider daytime = new DaytimeProvider(clock, UTC);

    @Override
    public ChannelProvider channelProvider() {
        return daytime;
    }

    @Override
    public DatagramProvider datagramProvider() {
        return daytime;
    }

    private FakePeer connected() {
        return FakePeer.connected(daytime, FakeSession.of(Entries.tcp("daytime")));
    }

    @Nested
    class OverTcp {

        @Test
        void theLineIsSentAndTheConnectionClosed() {
            FakePeer peer = connected();

            assertThat(peer.received()).isEqualTo("Sun Nov 22 20:51:33 2026\r\n").hasSize(26);
            assertThat(peer.isOpen()).isFalse();
        }

        @Test
        void theNextSecondGetsItsOwnLine() {
            connected();
            clock.advance(Duration.ofSeconds(1));

            assertThat(connected().received()).isEqualTo("Sun Nov 22 20:51:34 2026\r\n");
        }

        @Test
        void theConnectionStaysUntilThePeerHasReadAll() {
            FakePeer peer = FakePeer.connected(daytime, FakeSession.of(Entries.tcp("daytime")), 20);
            assertThat(peer.isOpen()).isTrue();

            peer.read(6);

            assertThat(peer.receivedBytes()).hasSize(26);
            assertThat(peer.isOpen()).isFalse();
        }
    }

    @Nested
    class OverUdp {

        @Test
        void anyDatagramIsAnsweredWithTheLine() throws IOException {
            FakeReply reply = new FakeReply();

            daytime.serve(FakeDatagram.of(Entries.udp("daytime"), ""), reply);
            daytime.serve(FakeDatagram.of(Entries.udp("daytime"), "what time is it?"), reply);

            assertThat(reply.texts()).containsOnly("Sun Nov 22 20:51:33 2026\r\n").hasSize(2);
        }
    }

    @Nested
    class TheLine {

        @ParameterizedTest
        @CsvSource(quoteCharacter = '`', value = {
            "2026-02-01T00:00:00Z, UTC,           Sun Feb  1 00:00:00 2026",
            "2027-09-06T01:02:03Z, UTC,           Mon Sep  6 01:02:03 2027",
            "2026-03-29T00:59:59Z, Europe/Berlin, Sun Mar 29 01:59:59 2026",
            "2026-03-29T01:00:00Z, Europe/Berlin, Sun Mar 29 03:00:00 2026",
            "2026-12-31T23:59:59Z, Asia/Tokyo,    Fri Jan  1 08:59:59 2027",
            "1970-01-01T00:00:00Z, UTC,           Thu Jan  1 00:00:00 1970",
        })
        void isWrittenAsCtimeDoesIn(String instant, String zone, String expected) {
            DaytimeLine line = new DaytimeLine(ZoneId.of(zone));

            assertThat(line.at(Instant.parse(instant))).asString().isEqualTo(expected + "\r\n");
        }
    }
}
