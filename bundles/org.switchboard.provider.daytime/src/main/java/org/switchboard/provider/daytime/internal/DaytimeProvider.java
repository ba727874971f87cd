package org.switchboard.provider.daytime.internal;

import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.ZoneId;
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
 * The date and time of day, local to the host, as one line: {@code Sun Nov 22 20:51:33 2026}, CR, LF. Over TCP the
 * connection is closed behind it; a datagram is answered with it. What the peer sends is ignored. Source: RFC 867.
 */
@Component
@ProviderName("daytime")
public final class DaytimeProvider implements ChannelProvider, DatagramProvider {

    private final InstantSource clock;
    private final DaytimeLine line;

    public DaytimeProvider() {
        this(InstantSource.system(), ZoneId.systemDefault());
    }

    DaytimeProvider(InstantSource clock, ZoneId zone) {
        this.clock = clock;
        this.line = new DaytimeLine(zone);
    }

    @Override
    public Optional<byte[]> answer(Session session) {
        return Optional.of(line.at(clock.instant()));
    }

    @Override
    public void open(Session session, ChannelPipeline pipeline) {
        pipeline.addLast(new LastAnswer(line.at(clock.instant())));
    }

    @Override
    public void serve(Datagram request, Reply reply) throws IOException {
        reply.send(ByteBuffer.wrap(line.at(clock.instant())));
    }
}
