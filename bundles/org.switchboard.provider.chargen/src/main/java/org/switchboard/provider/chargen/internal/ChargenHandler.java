package org.switchboard.provider.chargen.internal;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import org.switchboard.api.provider.Session;

/**
 * Writes one batch of lines after the other to one connection, each when the kernel has taken the one before: a peer that
 * never reads holds one batch, and a peer that reads fast leaves the event loop to others in between. Ends with the last
 * line of a batch when the session is to be drained.
 */
final class ChargenHandler extends ChannelInboundHandlerAdapter {

    private static final int BATCH = 8;

    private final Session session;
    private final CharacterRing ring;

    ChargenHandler(Session session, CharacterRing ring) {
        this.session = session;
        this.ring = ring;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.fireChannelActive();
        writeBatch(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object ignored) {
        ReferenceCountUtil.release(ignored);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        // A peer that closed its side still wants to read.
        if (!(event instanceof ChannelInputShutdownEvent)) {
            context.fireUserEventTriggered(event);
        }
    }

    private void writeBatch(ChannelHandlerContext context) {
        for (int i = 1; i < BATCH; i++) {
            context.write(ring.all());
        }
        ChannelFuture written = context.writeAndFlush(ring.all());
        if (session.draining()) {
            written.addListener(ChannelFutureListener.CLOSE);
        } else {
            written.addListener(future -> {
                if (future.isSuccess()) {
                    context.executor().execute(() -> writeBatch(context));
                }
            });
        }
    }
}
