package org.switchboard.dispatcher.internal.listen;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.function.Consumer;

/**
 * Netty's epoll with descriptors that stay in it. Netty 4.2.13 to 4.2.18 take a descriptor out of epoll when there is no event
 * to wait for, and then fail to change it with «No such file or directory», which closes the connection: a peer that has
 * closed its side while its provider was not reading lost the answer. Waiting for edges of nothing keeps the descriptor in,
 * and an error that is pending for good wakes the loop once instead of for ever.
 */
public final class SteadyEpoll implements IoHandlerFactory {

    /** What fails that often in a row would spin for ever. */
    private static final int MOST_FAILURES = 10;

    /** So many at a time: what has to be done in between, as to accept clients, does not wait for thousands. */
    private static final int MOST_EVENTS = 64;

    private final IoHandlerFactory epoll = EpollIoHandler.newFactory(MOST_EVENTS,
            DefaultSelectStrategyFactory.INSTANCE);
    private final Runnable onEnd;
    private final Consumer<Throwable> broken;

    /**
     * @param onEnd told, on the thread of the loop, that the loop ends: once its handles are about to be closed
     * @param broken told what came out of the handling of events, which by itself would end the loop; events that were not
     *         seen come again
     */
    public SteadyEpoll(Runnable onEnd, Consumer<Throwable> broken) {
        this.onEnd = onEnd;
        this.broken = broken;
    }

    @Override
    public IoHandler newHandler(ThreadAwareExecutor executor) {
        return new Steady(epoll.newHandler(executor));
    }

    @Override
    public boolean isChangingThreadSupported() {
        return epoll.isChangingThreadSupported();
    }

    private final class Steady implements IoHandler {
        private final IoHandler handler;
        private int failures;
        private boolean ended;

        Steady(IoHandler handler) {
            this.handler = handler;
        }

        @Override
        public void initialize() {
            handler.initialize();
        }

        @Override
        public int run(IoHandlerContext context) {
            try {
                int handled = handler.run(context);
                failures = 0;
                return handled;
            } catch (Throwable failed) {
                failures++;
                broken.accept(failed);
                if (failures > MOST_FAILURES) {
                    throw failed;
                }
                return 0;
            }
        }

        @Override
        public void prepareToDestroy() {
            if (!ended) {
                ended = true;
                onEnd.run();
            }
            handler.prepareToDestroy();
        }

        @Override
        public void destroy() {
            if (!ended) {
                // A loop that ends by a failure comes here at once.
                prepareToDestroy();
            }
            handler.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return new SteadyRegistration(handler.register(handle));
        }

        @Override
        public void wakeup() {
            handler.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return handler.isCompatible(handleType);
        }
    }

    private record SteadyRegistration(IoRegistration registration) implements IoRegistration {
        @Override
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public long submit(IoOps ops) {
            return registration.submit(ops.equals(EpollIoOps.NONE) ? EpollIoOps.EPOLLET : ops);
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }
}
