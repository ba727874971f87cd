package org.switchboard.example.qotd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.switchboard.api.provider.DatagramProvider;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.testkit.DatagramProviderContract;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeDatagram;
import org.switchboard.testkit.FakeReply;
import org.switchboard.testkit.FakeSession;
import org.switchboard.testkit.ManualClock;
import org.switchboard.testkit.StreamProviderContract;

class QuoteOfTheDayTest implements StreamProviderContract, DatagramProviderContract {

    private final ManualClock clock = ManualClock.at("2026-11-22T20:51:33Z");
    private final QuoteOfTheDay qotd = new QuoteOfTheDay(clock);

    @Override
    public StreamProvider streamProvider() {
        return qotd;
    }

    @Override
    public DatagramProvider datagramProvider() {
        return qotd;
    }

    private String overTcp() throws IOException {
        FakeSession session = FakeSession.of(Entries.tcp("qotd"));
        qotd.serve(session);
        return session.received();
    }

    @Test
    void theQuoteIsOneLineAndStaysForTheDay() throws IOException {
        String quote = overTcp();
        clock.advance(Duration.ofHours(3));

        assertThat(overTcp()).isEqualTo(quote).endsWith("\r\n");
    }

    @Test
    void aDatagramGetsTheSameQuote() throws IOException {
        FakeReply reply = new FakeReply();

        qotd.serve(FakeDatagram.of(Entries.udp("qotd"), ""), reply);

        assertThat(reply.texts()).containsExactly(overTcp());
    }

    @Test
    void everyDayHasItsOwnAndNoneIsLongerThanTheStandardAllows() throws IOException {
        Set<String> week = new HashSet<>();
        for (int day = 0; day < 7; day++) {
            week.add(overTcp());
            clock.advance(Duration.ofDays(1));
        }

        assertThat(week).hasSize(7).allMatch(quote -> quote.length() <= 512);
    }
}
