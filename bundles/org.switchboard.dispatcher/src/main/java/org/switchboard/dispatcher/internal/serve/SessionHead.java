package org.switchboard.dispatcher.internal.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipelineException;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import org.switchboard.dispatcher.internal.buffer.SessionBuffers;
import org.switchboard.dispatcher.internal.session.LiveSession;
import org.switchboard.posix.Sockets;

/**
 * Stands at both ends of a session's pipeline: in front it counts bytes and reads nothing for a session that is not
 * writable, behind it ends what the provider's handlers let through, and the close of the channel is the end of the
 * session. What was written before that close still reaches the peer.
 */
final class SessionHead extends ChannelDuplexHandler {

    private final LiveSession session;
    private final SessionBuffers buffers;
    private final Sockets sockets;
    private long in;
    private long out;
    /** Reading by itself was on when the channel stopped being writable. */
    private boolean autoReadStopped;
    /** Somebody wanted to read while the channel was not writable. */
    private boolean readWanted;

    SessionHead(LiveSession session, SessionBuffers buffers, Sockets sockets) {
        this.session = session;
        this.buffers = buffers;
        this.sockets = sockets;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            in += bytes.readableBytes();
        }
        context.fireChannelRead(message);
        buffers.moved(in + out);
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
        buffers.moved(in + out);
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

    /**
     * Closes the channel at once, and leaves the socket to be ended by a duplicate of its descriptor: a peer that has
     * sent what nobody read would otherwise get a reset in the place of what was written. Nothing is left behind where
     * the peer has ended its side, and where the channel holds what the peer did not take: that session is cut.
     */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (mayLoseOutput(context.channel()) && context.channel() instanceof UnixChannel socket) {
            try {
                sockets.end(sockets.duplicate(socket.fd().intValue()));
            } catch (IOException noDescriptor) {
                // Then it is closed as it is.
            }
        }
        context.close(promise);
    }

    private static boolean mayLoseOutput(Channel channel) {
        ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
        return channel.isActive() && unsent != null && unsent.isEmpty() && !((DuplexChannel) channel).isInputShutdown();
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
