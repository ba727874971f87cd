package org.switchboard.netty;

import io.netty.channel.ChannelPipeline;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.switchboard.api.provider.Provider;
import org.switchboard.api.provider.Session;

/** Serves connections as handlers in a Netty pipeline, on the event loop that accepted the connection. */
@ConsumerType
public interface ChannelProvider extends Provider {

    /**
     * Adds the provider's handlers to the pipeline of a connection that is about to become active: the handlers see
     * {@code channelActive} and then every byte. Called on the event loop; must not block. The session is over when the
     * channel is closed, by the handlers, the peer or the server. Half-closure is allowed: a peer that closes its side shows
     * as {@link io.netty.channel.socket.ChannelInputShutdownEvent}, and the channel stays open until somebody closes it.
     */
    void open(Session session, ChannelPipeline pipeline);

    /**
     * The whole of a session that is nothing but one short answer, {@link LastAnswer#MAX_BYTES} at most: the server sends it and closes
     * the connection, and {@link #open} is called only where that cannot be, as behind handlers of the server. That spares the
     * connection its way through an event loop, which is most of the cost of so short a session. Called on the event loop; must not block.
     *
     * @return not changed by anybody any more; empty for a session with a pipeline
     */
    default Optional<byte[]> answer(Session session) {
        return Optional.empty();
    }
}
