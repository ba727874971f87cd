package org.switchboard.netty;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;

/**
 * The handler of a session that is nothing but one short answer: sends it and closes the connection; what the peer sends is
 * ignored. On Linux the answer and the end travel in one segment. Closing a channel of this server loses no answer,
 * whatever the peer has sent.
 */
public final class LastAnswer extends ChannelInboundHandlerAdapter {

    /** The most bytes of an answer, which every fresh connection takes without waiting. */
    public static final int MAX_BYTES = 2048;

    /** Known to the epoll transport only, and so by its name: others ignore an option that they do not know. */
    private static final ChannelOption<Boolean> CORK =
            ChannelOption.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_CORK");

    private final byte[] answer;

    /**
     * @param answer not copied, and not to be changed any more
     * @throws IllegalArgumentException if it is empty or longer than {@link #MAX_BYTES}
     */
    public LastAnswer(byte[] answer) {
        if (answer.length == 0 || answer.length > MAX_BYTES) {
            throw new IllegalArgumentException(answer.length + " bytes are not 1 to " + MAX_BYTES);
        }
        this.answer = answer;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.channel().config().setOption(CORK, true);
        context.writeAndFlush(context.alloc().ioBuffer(answer.length).writeBytes(answer)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object ignored) {
        ReferenceCountUtil.release(ignored);
    }
}
