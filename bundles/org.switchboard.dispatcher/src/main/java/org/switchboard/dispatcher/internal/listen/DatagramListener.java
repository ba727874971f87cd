package org.switchboard.dispatcher.internal.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import java.io.IOException;
import java.net.SocketAddress;
import org.osgi.service.log.Logger;
import org.switchboard.posix.SocketSpec;

/** Reads datagrams on an event loop. */
public final class DatagramListener extends LoopListener {

    /** Gets every datagram, on the event loop, and releases it. */
    @FunctionalInterface
    public interface Datagrams {
        void arrived(LoopListener listener, Channel channel, AddressedEnvelope<ByteBuf, SocketAddress> datagram);
    }

    private static final int LARGEST_DATAGRAM = 65_536;

    private final Channel channel;

    public DatagramListener(OpenSocket socket, EventLoop loop, Datagrams datagrams, Logger log) throws IOException {
        channel = datagramChannel(socket);
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST_DATAGRAM));
        channel.pipeline().addLast(new Receiver(socket.toString(), datagrams, log));
        Loops.register(channel, loop);
    }

    @Override
    synchronized void settle() {
        if (!isLost()) {
            channel.config().setAutoRead(isTaking());
        }
    }

    @Override
    public void close() {
        Loops.close(channel);
    }

    @Override
    public boolean isLost() {
        return channel.eventLoop().isShuttingDown();
    }

    private static Channel datagramChannel(OpenSocket socket) throws IOException {
        int fd = socket.duplicate();
        return socket.spec().family() == SocketSpec.Family.UNIX
                ? new EpollDomainDatagramChannel(fd) : new EpollDatagramChannel(fd);
    }

    private final class Receiver extends ChannelInboundHandlerAdapter {
        private final String endpoint;
        private final Datagrams datagrams;
        private final Logger log;

        Receiver(String endpoint, Datagrams datagrams, Logger log) {
            this.endpoint = endpoint;
            this.datagrams = datagrams;
            this.log = log;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                datagrams.arrived(DatagramListener.this, context.channel(),
                        (AddressedEnvelope<ByteBuf, SocketAddress>) message);
            } catch (Throwable broken) {
                log.error("a datagram for {} could not be served and is dropped", endpoint, broken);
            }
        }

        /** An ICMP error for an answer that nobody waited for, as a rule: the listener goes on. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            log.debug("{}: {}", endpoint, cause.getMessage());
        }
    }
}
