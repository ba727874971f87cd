package org.switchboard.dispatcher.internal.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.api.provider.StreamSession;
import org.switchboard.dispatcher.internal.buffer.SessionBuffers;
import org.switchboard.dispatcher.internal.session.LiveSession;

/**
 * Lets a blocking provider serve a channel: reads from the socket only when the provider wants bytes, and lets its writes wait
 * until the kernel took them, so neither direction piles up in memory.
 */
final class StreamBridge extends ChannelInboundHandlerAdapter {

    private final LiveSession session;
    private final Channel channel;
    private final SessionBuffers buffers;
    private final StreamProvider provider;
    private final Workers workers;
    private final Deque<ByteBuf> received = new ArrayDeque<>(); // this and what follows: guarded by this
    private boolean reading;
    private boolean inputEnded;
    private boolean over;
    private IOException failure;

    private StreamBridge(LiveSession session, Channel channel, SessionBuffers buffers, StreamProvider provider,
            Workers workers) {
        this.session = session;
        this.channel = channel;
        this.buffers = buffers;
        this.provider = provider;
        this.workers = workers;
    }

    /** Adds the bridge; the provider starts serving when the channel is active. Event loop. */
    static void open(LiveSession session, Channel channel, SessionBuffers buffers, StreamProvider provider,
            Workers workers) {
        channel.config().setAutoRead(false);
        buffers.readSingly();
        channel.pipeline().addLast(new StreamBridge(session, channel, buffers, provider, workers));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        try {
            workers.session(this::serve, session.siblings());
        } catch (RejectedExecutionException busy) {
            session.fail("failed", busy.getMessage() + "; connection closed");
            context.close();
        }
    }

    private void serve() {
        Thread thread = Thread.currentThread();
        session.endsWith(() -> {
            channel.close();
            thread.interrupt();
        });
        thread.setContextClassLoader(provider.getClass().getClassLoader());
        try {
            StreamSession bridged = new BridgedSession(session, new Input(), new Output());
            provider.serve(bridged);
            bridged.output().flush();
        } catch (InterruptedException | IOException over) {
            // Ended by us, or cut by the peer: the close below says it all.
            channel.close();
        } catch (Throwable broken) {
            session.fault(broken);
        } finally {
            thread.setContextClassLoader(null);
            channel.close();
            forgetInput();
        }
    }

    @Override
    public synchronized void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (over) {
            bytes.release();
            return;
        }
        received.add(bytes);
        buffers.received(bytes.capacity());
        notifyAll();
    }

    /** Nobody takes any more what came. */
    private synchronized void forgetInput() {
        over = true;
        while (!received.isEmpty()) {
            releaseFirst();
        }
    }

    private void releaseFirst() {
        ByteBuf first = received.remove();
        buffers.received(-first.capacity());
        first.release();
    }

    @Override
    public synchronized void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        notifyAll();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            endInput(null);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        endInput(cause instanceof IOException io ? io : new IOException(cause));
        context.fireExceptionCaught(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endInput(null);
        context.fireChannelInactive();
    }

    private synchronized void endInput(IOException cause) {
        inputEnded = true;
        failure = failure == null ? cause : failure;
        notifyAll();
    }

    /** Blocks for bytes, the end of input, or an error. @return the number of bytes read, or -1 */
    private synchronized int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (received.isEmpty()) {
                if (failure != null) {
                    throw new SocketException(failure.getMessage());
                }
                if (inputEnded) {
                    return -1;
                }
                // One buffer at a time: a bound on what is held.
                if (!reading) {
                    reading = true;
                    channel.read();
                }
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the session is being ended");
        }
        ByteBuf first = received.element();
        int count = Math.min(length, first.readableBytes());
        first.readBytes(target, offset, count);
        if (!first.isReadable()) {
            releaseFirst();
        }
        return count;
    }

    private final class Input extends InputStream {
        private final byte[] one = new byte[1];

        @Override
        public int read() throws IOException {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return StreamBridge.this.read(target, offset, length);
        }

        @Override
        public int available() {
            synchronized (StreamBridge.this) {
                return received.stream().mapToInt(ByteBuf::readableBytes).sum();
            }
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            try {
                // In pieces, however much the provider writes at a time: each is copied.
                for (int done = 0; done < length; ) {
                    int piece = Math.min(length - done, buffers.piece());
                    send(Unpooled.copiedBuffer(source, offset + done, piece));
                    done += piece;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the session is being ended");
            }
        }

        private void send(ByteBuf piece) throws IOException, InterruptedException {
            var written = channel.writeAndFlush(piece).await();
            if (!written.isSuccess()) {
                throw new IOException("the connection is closed", written.cause());
            }
        }

        @Override
        public void close() {
            ((DuplexChannel) channel).shutdownOutput().awaitUninterruptibly();
        }
    }
}
