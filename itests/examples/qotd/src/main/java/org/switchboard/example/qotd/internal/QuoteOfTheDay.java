package org.switchboard.example.qotd.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.provider.Datagram;
import org.switchboard.api.provider.DatagramProvider;
import org.switchboard.api.provider.InetService;
import org.switchboard.api.provider.Reply;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.api.provider.StreamSession;

/** Tells whoever asks the quote of the day, the same one from midnight to midnight UTC. Source: RFC 865. */
@Component
@InetService(name = "qotd", port = 1717, protocol = {"tcp", "udp"})
public final class QuoteOfTheDay implements StreamProvider, DatagramProvider {

    private static final List<String> QUOTES = List.of(
            "Brevity is the soul of wit. (Shakespeare)",
            "While we wait for life, life passes. (Seneca)",
            "One today is worth two tomorrows. (Franklin)",
            "I think, therefore I am. (Descartes)",
            "Nature does not hurry, yet everything is accomplished. (Lao Tzu)",
            "The beginning is the most important part of the work. (Plato)",
            "What we know is a drop; what we do not know, an ocean. (Newton)");

    private final InstantSource clock;

    public QuoteOfTheDay() {
        this(InstantSource.system());
    }

    QuoteOfTheDay(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void serve(StreamSession session) throws IOException {
        session.output().write(quote());
    }

    @Override
    public void serve(Datagram request, Reply reply) throws IOException {
        reply.send(ByteBuffer.wrap(quote()));
    }

    private byte[] quote() {
        long day = clock.instant().getEpochSecond() / Duration.ofDays(1).toSeconds();
        String quote = QUOTES.get((int) (day % QUOTES.size()));
        return (quote + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
