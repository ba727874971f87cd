package org.switchboard.dispatcher.internal.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.osgi.service.log.Logger;
import org.switchboard.posix.SocketSpec;

/**
 * Accepts connections on an event loop and reports them before they are registered with it: a connection meant for a program
 * must never be, because the loop would read from it.
 */
public final class ConnectionListener extends ChannelListener {

    private static final int MOST_ACCEPTED = 16;
    private static final long FIRST_BACK_OFF_MILLIS = 100;
    private static final long LAST_BACK_OFF_MILLIS = 10_000;

    private final BiConsumer<ChannelListener, Channel> arrivals;
    private final Logger log;

    /** @param arrivals gets every accepted channel, unregistered and owned by it from then on, on the event loop */
    public ConnectionListener(OpenSocket socket, EventLoop loop, BiConsumer<ChannelListener, Channel> arrivals, Logger log)
            throws IOException {
        super(serverChannel(socket));
        this.arrivals = arrivals;
        this.log = log;
        channel().pipeline().addLast(new Acceptor(socket.toString()));
        Loops.register(channel(), loop);
    }

    private static Channel serverChannel(OpenSocket socket) throws IOException {
        int fd = socket.duplicate();
        return socket.spec().family() == SocketSpec.Family.UNIX
                ? new EpollServerDomainSocketChannel(fd) : new EpollServerSocketChannel(fd);
    }

    private final class Acceptor extends ChannelInboundHandlerAdapter {
        private final String endpoint;
        private long backOffMillis = FIRST_BACK_OFF_MILLIS;
        private boolean backingOff;

        Acceptor(String endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            if (backingOff) {
                log.info("accepting on {} again", endpoint);
                backingOff = false;
                backOffMillis = FIRST_BACK_OFF_MILLIS;
            }
            arrivals.accept(ConnectionListener.this, (Channel) accepted);
        }

        /** Accepting failed, most often for want of descriptors. Going on at once would spin. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!backingOff) {
                log.warn("cannot accept on {}: {}; trying again", endpoint, cause.getMessage());
            }
            backingOff = true;
            channel().config().setAutoRead(false);
            context.executor().schedule(ConnectionListener.this::read, backOffMillis, TimeUnit.MILLISECONDS);
            backOffMillis = Math.min(2 * backOffMillis, LAST_BACK_OFF_MILLIS);
        }
    }
}
