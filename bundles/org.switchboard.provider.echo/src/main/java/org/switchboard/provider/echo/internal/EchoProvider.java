package org.switchboard.provider.echo.internal;

import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.provider.Datagram;
import org.switchboard.api.provider.DatagramProvider;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.Reply;
import org.switchboard.api.provider.Session;
import org.switchboard.netty.ChannelProvider;

/** Sends back whatever it gets; a datagram as one datagram, an empty one too. Source: RFC 862. */
@Component
@ProviderName("echo")
public final class EchoProvider implements ChannelProvider, DatagramProvider {

    @Override
    public void open(Session session, ChannelPipeline pipeline) {
        pipeline.addLast(new EchoHandler());
    }

    @Override
    public void serve(Datagram request, Reply reply) throws IOException {
        reply.send(request.content());
    }
}
