package org.switchboard.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;

/**
 * The answer that a connection ends with. On Linux the answer and the end travel in one segment instead of two, which spares
 * both sides a good part of the work of a short connection.
 */
public final class LastAnswer {

    /** Known to the epoll transport only, and so by its name: others ignore an option that they do not know. */
    private static final ChannelOption<Boolean> CORK =
            ChannelOption.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_CORK");

    private LastAnswer() {
    }

    /** Writes the answer, which it takes ownership of, and closes the connection behind it. On the event loop. */
    public static void send(ChannelHandlerContext context, ByteBuf answer) {
        context.channel().config().setOption(CORK, true);
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
}
