package org.switchboard.provider.daytime.internal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.time.InstantSource;
import org.switchboard.netty.LastAnswer;

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
        LastAnswer.send(context, context.alloc().ioBuffer(DaytimeLine.BYTES).writeBytes(line.at(clock.instant())));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object ignored) {
        ReferenceCountUtil.release(ignored);
    }
}
