package org.switchboard.provider.daytime.internal;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.time.InstantSource;

/** Tells one connection the time and closes it. */
final class DaytimeHandler extends ChannelInboundHandlerAdapter {

    private final InstantSource clock;
    private final DaytimeLine line;

    DaytimeHandler(InstantSource clock, DaytimeLine line) {
        this.clock = clock;
        this.line = line;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(context.alloc().ioBuffer(DaytimeLine.BYTES).writeBytes(line.at(clock.instant())))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object ignored) {
        ReferenceCountUtil.release(ignored);
    }
}
