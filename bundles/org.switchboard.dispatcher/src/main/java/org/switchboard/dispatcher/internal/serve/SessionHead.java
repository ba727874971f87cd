package org.switchboard.dispatcher.internal.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipelineException;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import org.switchboard.dispatcher.internal.buffer.SessionBuffers;
import org.switchboard.dispatcher.internal.session.LiveSession;

/**
 * Stands at both ends of a session's pipeline: in front it counts bytes and reads nothing for a session that is not
 * writable, behind it ends what the provider's handlers let through, and the close of the channel is the end of the
 * session.
 */
final class SessionHead extends ChannelDuplexHandler {

    private final LiveSession session;
    private final SessionBuffers buffers;
    private long in;
    private long out;
    /** Reading by itself was on when the channel stopped being writable. */
    private boolean autoReadStopped;
    /** Somebody wanted to read while the channel was not writable. */
    private boolean readWanted;

    SessionHead(LiveSession session, SessionBuffers buffers) {
        this.session = session;
        this.buffers = buffers;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            in += bytes.readableBytes();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            out += bytes.readableBytes();
        }
        context.write(message, promise);
        if (!context.channel().isWritable()) {
            buffers.update();
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        buffers.update();
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            context.read();
        } else {
            readWanted = true;
            stopReading(context.channel().config());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        buffers.update();
        if (context.channel().isWritable()) {
            readAgain(context);
        } else {
            stopReading(context.channel().config());
        }
        context.fireChannelWritabilityChanged();
    }

    private void stopReading(ChannelConfig config) {
        if (config.isAutoRead()) {
            autoReadStopped = true;
            config.setAutoRead(false);
        }
    }

    /** As the provider wants it: by itself, or the one time that was asked for. */
    private void readAgain(ChannelHandlerContext context) {
        boolean wanted = readWanted;
        readWanted = false;
        if (autoReadStopped) {
            autoReadStopped = false;
            context.channel().config().setAutoRead(true);
        } else if (wanted) {
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        try {
            context.fireChannelInactive();
        } finally {
            buffers.close();
            session.finish("ok", "in=" + in + " out=" + out);
        }
    }

    /** A handler that fails when it is added: the tail is not there yet, and the channel would stay without one. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof ChannelPipelineException && cause.getCause() != null) {
            session.fault(cause.getCause());
            context.executor().execute(context::close);
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    /** What no handler of the provider dealt with: the peer's doing, or the provider's fault. */
    final class Tail extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof IOException) {
                session.finish("reset", "in=" + in + " out=" + out);
            } else {
                session.fault(cause);
            }
            context.close();
        }
    }
}
