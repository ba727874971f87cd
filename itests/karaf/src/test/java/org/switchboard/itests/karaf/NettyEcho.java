package org.switchboard.itests.karaf;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Serves with a Netty of its own; of what it may use this knows only what Netty 4.1 has as well. */
public final class NettyEcho implements BundleActivator {

    /** The system property that says where it listens. */
    static final String PORT = "org.example.neighbour.port";

    private EventLoopGroup loop;

    @Override
    @SuppressWarnings("deprecation")
    public void start(BundleContext context) throws InterruptedException {
        loop = new NioEventLoopGroup(1);
        Channel listener = new ServerBootstrap().group(loop).channel(NioServerSocketChannel.class).childHandler(new Back())
                .bind("127.0.0.1", 0).sync().channel();
        System.setProperty(PORT, Integer.toString(((InetSocketAddress) listener.localAddress()).getPort()));
    }

    @Override
    public void stop(BundleContext context) throws InterruptedException {
        loop.shutdownGracefully().sync();
    }

    /** What is sent comes back. */
    @Sharable
    static final class Back extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message);
        }
    }
}
