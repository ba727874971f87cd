package org.switchboard.dispatcher.internal.listen;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The event loops of the server: each listener lives on one of them, with the connections that it accepts. */
public final class Loops implements AutoCloseable {

    private static final long CLOSE_MILLIS = 500;
    private static final long ANSWER_MILLIS = 5_000;

    private final IoEventLoopGroup group;

    /**
     * @param threads how many loops; their threads start with the first listener on each
     * @throws IllegalStateException where there is no epoll: nothing can be served there
     */
    public Loops(int threads) {
        if (!Epoll.isAvailable()) {
            throw new IllegalStateException("no port can be opened: Switchboard listens through epoll, which is not available here ("
                    + Epoll.unavailabilityCause() + ")", Epoll.unavailabilityCause());
        }
        group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("switchboard-loop", true),
                new SteadyEpoll());
    }

    public IoEventLoop next() {
        return group.next();
    }

    /** Registers a channel that was made from a descriptor; if that fails, the descriptor is closed. */
    static void register(Channel channel, EventLoop loop) throws IOException {
        ChannelFuture registered = loop.register(channel);
        if (!registered.awaitUninterruptibly(ANSWER_MILLIS) || !registered.isSuccess()) {
            channel.unsafe().closeForcibly();
            throw refused(registered);
        }
    }

    /** Registers what reads a descriptor itself; if that fails, it is closed. */
    static IoRegistration register(IoHandle handle, IoEventLoop loop) throws IOException {
        Future<IoRegistration> registered = loop.register(handle);
        if (!registered.awaitUninterruptibly(ANSWER_MILLIS) || !registered.isSuccess()) {
            try (handle) {
                throw refused(registered);
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
        return registered.getNow();
    }

    private static IOException refused(Future<?> registered) {
        return new IOException("the event loop does not take it" + (registered.cause() == null
                ? ": a provider blocks it" : ": " + registered.cause().getMessage()));
    }

    /** Runs something on a loop, and waits as long as a loop that works may need. */
    static void run(EventLoop loop, Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else {
            loop.submit(action).awaitUninterruptibly(ANSWER_MILLIS);
        }
    }

    /** Closes a channel, and waits as long as a loop that works may need. */
    static void close(Channel channel) {
        channel.close().awaitUninterruptibly(ANSWER_MILLIS);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * CLOSE_MILLIS);
    }
}
