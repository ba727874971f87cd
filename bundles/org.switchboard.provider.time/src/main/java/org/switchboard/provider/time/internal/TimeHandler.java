package org.switchboard.provider.time.internal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.function.IntSupplier;
import org.switchboard.netty.LastAnswer;

/** Tells one connection the time and closes it. */
final class TimeHandler extends ChannelInboundHandlerAdapter {

    private final IntSupplier seconds;

    TimeHandler(IntSupplier seconds) {
        this.seconds = seconds;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        LastAnswer.send(context, context.alloc().ioBuffer(Integer.BYTES).writeInt(seconds.getAsInt()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object ignored) {
        ReferenceCountUtil.release(ignored);
    }
}
