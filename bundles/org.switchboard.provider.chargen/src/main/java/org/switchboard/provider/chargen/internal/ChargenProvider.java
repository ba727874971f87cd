package org.switchboard.provider.chargen.internal;

import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.provider.Datagram;
import org.switchboard.api.provider.DatagramProvider;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.Reply;
import org.switchboard.api.provider.Session;
import org.switchboard.netty.ChannelProvider;

/**
 * Lines of printable characters: over TCP without end, over UDP one line for each datagram, the next line for the next
 * datagram whoever sends it. What the peer sends is ignored. Source: RFC 864; inetd(8), for the length of a line.
 */
@Component
@ProviderName("chargen")
public final class ChargenProvider implements ChannelProvider, DatagramProvider {

    private final CharacterRing ring = new CharacterRing();
    private final AtomicInteger nextLine = new AtomicInteger();

    @Override
    public void open(Session session, ChannelPipeline pipeline) {
        pipeline.addLast(new ChargenHandler(session, ring));
    }

    @Override
    public void serve(Datagram request, Reply reply) throws IOException {
        reply.send(ring.line(nextLine.getAndUpdate(line -> (line + 1) % CharacterRing.LINES)));
    }
}
