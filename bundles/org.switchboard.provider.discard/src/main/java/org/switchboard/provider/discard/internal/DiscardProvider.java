package org.switchboard.provider.discard.internal;

import io.netty.channel.ChannelPipeline;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.provider.Datagram;
import org.switchboard.api.provider.DatagramProvider;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.Reply;
import org.switchboard.api.provider.Session;
import org.switchboard.netty.ChannelProvider;

/** Reads until the peer closes its side, and never answers. Source: RFC 863. */
@Component
@ProviderName("discard")
public final class DiscardProvider implements ChannelProvider, DatagramProvider {

    @Override
    public void open(Session session, ChannelPipeline pipeline) {
        pipeline.addLast(new DiscardHandler());
    }

    @Override
    public void serve(Datagram request, Reply reply) {
        // A datagram that was received is a datagram served.
    }
}
