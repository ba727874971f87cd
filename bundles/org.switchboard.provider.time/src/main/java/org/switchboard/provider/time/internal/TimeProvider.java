package org.switchboard.provider.time.internal;

import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.provider.Datagram;
import org.switchboard.api.provider.DatagramProvider;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.Reply;
import org.switchboard.api.provider.Session;
import org.switchboard.netty.ChannelProvider;
import org.switchboard.netty.LastAnswer;

/**
 * The seconds since 1900-01-01 00:00 UTC, as four bytes, most significant first; over TCP the connection is closed behind
 * them. What the peer sends is ignored. They begin again at 0 in February 2036. Source: RFC 868.
 */
@Component
@ProviderName("time")
public final class TimeProvider implements ChannelProvider, DatagramProvider {

    private static final long SECONDS_FROM_1900_TO_1970 = 2_208_988_800L;

    private final InstantSource clock;

    public TimeProvider() {
        this(InstantSource.system());
    }

    TimeProvider(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<byte[]> answer(Session session) {
        return Optional.of(seconds().array());
    }

    @Override
    public void open(Session session, ChannelPipeline pipeline) {
        pipeline.addLast(new LastAnswer(seconds().array()));
    }

    @Override
    public void serve(Datagram request, Reply reply) throws IOException {
        reply.send(seconds());
    }

    private ByteBuffer seconds() {
        int seconds = (int) (clock.instant().getEpochSecond() + SECONDS_FROM_1900_TO_1970);
        return ByteBuffer.allocate(Integer.BYTES).putInt(seconds).flip();
    }
}
