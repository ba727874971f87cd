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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.service.log.Logger;
import org.switchboard.dispatcher.internal.watch.WatchedThread;

/**
 * The event loops of the server: each listener lives on one of them, with the connections that it accepts. Nothing that
 * a handler throws ends a loop; one that ends all the same, because a provider shuts it down, is replaced by another.
 */
public final class Loops implements AutoCloseable {

    private static final long CLOSE_MILLIS = 500;
    private static final long ANSWER_MILLIS = 5_000;

    private final Logger log;
    private final ThreadFactory threads = new DefaultThreadFactory("switchboard-loop", true);
    private final List<Place> places = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile Consumer<EventLoop> onEnd = ended -> { };
    private volatile boolean closing;

    /**
     * @param count how many loops; their threads start with the first listener on each
     * @throws IllegalStateException where there is no epoll: nothing can be served there
     */
    public Loops(int count, Logger log) {
        if (!Epoll.isAvailable()) {
            throw new IllegalStateException("no port can be opened: Switchboard listens through epoll, which is not available here ("
                    + Epoll.unavailabilityCause() + ")", Epoll.unavailabilityCause());
        }
        this.log = log;
        for (int i = 0; i < count; i++) {
            places.add(new Place());
        }
    }

    /** One loop, or what came in its place when it ended. */
    private final class Place {
        private volatile Running running = new Running(this);

        /** The loop has ended, or is about to; on its thread. */
        void ended(Running former) {
            if (closing || former != running) {
                return;
            }
            running = new Running(this);
            EventLoop loop = former.group.next();
            log.error("event loop {} has ended; its sessions end, and another loop takes over its ports", former.name());
            loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            onEnd.accept(loop);
        }
    }

    /** A loop and its thread, which starts when something is first done on it. */
    private final class Running implements WatchedThread {
        private final IoEventLoopGroup group;
        private volatile Thread thread;

        Running(Place place) {
            group = new MultiThreadIoEventLoopGroup(1, this::makeThread,
                    new SteadyEpoll(() -> place.ended(this), this::broken));
        }

        private Thread makeThread(Runnable task) {
            thread = threads.newThread(task);
            return thread;
        }

        private void broken(Throwable cause) {
            log.error("event loop {} failed and goes on", name(), cause);
        }

        @Override
        public String name() {
            Thread started = thread;
            return started == null ? "switchboard-loop" : started.getName();
        }

        @Override
        public void ping(Runnable answer) {
            group.next().execute(answer);
        }

        @Override
        public StackTraceElement[] stack() {
            Thread started = thread;
            return started == null ? new StackTraceElement[0] : started.getStackTrace();
        }
    }

    public IoEventLoop next() {
        return places.get(Math.floorMod(turn.getAndIncrement(), places.size())).running.group.next();
    }

    /** @param action told of every loop that ends though the server does not; on the thread of that loop */
    public void onEnd(Consumer<EventLoop> action) {
        onEnd = action;
    }

    /** Those that run now: one that nothing was done on yet has no thread. */
    public Stream<WatchedThread> running() {
        return places.stream().map(place -> place.running).filter(loop -> loop.thread != null)
                .map(WatchedThread.class::cast);
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

    /** Runs something on a loop, and waits as long as a loop that works may need; here if the loop has ended. */
    static void run(EventLoop loop, Runnable action) {
        if (loop.inEventLoop() || loop.isShutdown()) {
            action.run();
            return;
        }
        try {
            loop.submit(action).awaitUninterruptibly(ANSWER_MILLIS);
        } catch (RejectedExecutionException ended) {
            action.run();
        }
    }

    /** Closes a channel, and waits as long as a loop that works may need. */
    static void close(Channel channel) {
        if (channel.eventLoop().isShutdown()) {
            channel.unsafe().closeForcibly();
        } else {
            channel.close().awaitUninterruptibly(ANSWER_MILLIS);
        }
    }

    @Override
    public void close() {
        closing = true;
        List<Future<?>> ends = new ArrayList<>();
        for (Place place : places) {
            ends.add(place.running.group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS));
        }
        ends.forEach(end -> end.awaitUninterruptibly(2 * CLOSE_MILLIS));
    }
}
