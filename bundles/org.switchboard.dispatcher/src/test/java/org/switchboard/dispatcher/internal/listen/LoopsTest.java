package org.switchboard.dispatcher.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogLevel;
import org.switchboard.testkit.FakeLoggers;

class LoopsTest {

    private static final long PATIENCE_SECONDS = 60;

    private final FakeLoggers loggers = new FakeLoggers();
    private final Loops loops = new Loops(1, loggers.logger());

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void anErrorInTheHandlingOfAnEventDoesNotEndTheLoop() throws Exception {
        IoEventLoop loop = loops.next();
        CompletableFuture<Integer> goesOn = new CompletableFuture<>();
        try (Client client = new Client(loop, (times, registration) -> {
            if (times < 3) {
                throw new Error("event " + times);
            }
            registration.cancel();
            goesOn.complete(times);
        })) {
            assertThat(goesOn.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(3);
            assertThat(client.fd().isOpen()).isTrue();
        }
        assertThat(loops.next()).isSameAs(loop);
        assertThat(loggers.messages(LogLevel.ERROR)).hasSize(2).allMatch(line -> line.contains("failed and goes on"));
    }

    @Test
    void aLoopWhoseEventsFailForEverEndsAndIsReplaced() throws Exception {
        IoEventLoop loop = loops.next();
        CompletableFuture<EventLoop> ended = new CompletableFuture<>();
        loops.onEnd(ended::complete);
        try (Client client = new Client(loop, (times, registration) -> {
            throw new OutOfMemoryError("event " + times);
        })) {
            assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isSameAs(loop);
            assertThat(client.times).hasPositiveValue();
        }
        assertThat(loops.next()).isNotSameAs(loop);
        assertThat(loops.next().submit(() -> "works").get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("works");
        loggers.await("has ended; its sessions end, and another loop takes over its ports");
    }

    @Test
    void aLoopThatSomebodyShutsDownIsReplacedAtOnceAndClosesWhatItHas() throws Exception {
        IoEventLoop loop = loops.next();
        CompletableFuture<EventLoop> ended = new CompletableFuture<>();
        loops.onEnd(ended::complete);
        Client client = new Client(loop, (times, registration) -> registration.cancel());

        loop.shutdownGracefully();

        assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isSameAs(loop);
        assertThat(loops.next()).isNotSameAs(loop);
        client.close();
    }

    @Test
    void whatIsToHappenOnALoopThatHasEndedHappensOnTheCallersThread() throws Exception {
        IoEventLoop loop = loops.next();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        CompletableFuture<Thread> thread = new CompletableFuture<>();

        Loops.run(loop, () -> thread.complete(Thread.currentThread()));

        assertThat(thread).isCompletedWithValue(Thread.currentThread());
    }

    @Test
    void closingTheLoopsReplacesNone() {
        CompletableFuture<EventLoop> ended = new CompletableFuture<>();
        loops.onEnd(ended::complete);
        loops.next().submit(() -> { }).syncUninterruptibly();

        loops.close();

        assertThat(ended).isNotDone();
        assertThat(loggers.lines()).isEmpty();
    }

    /** What happens with each event. */
    private interface Events {
        void handle(int times, IoRegistration registration);
    }

    /** A socket that is readable for good. */
    private static final class Client implements EpollIoHandle, AutoCloseable {
        private final Socket socket = Socket.newSocketDgram();
        private final AtomicInteger times = new AtomicInteger();
        private final Events events;

        Client(IoEventLoop loop, Events events) throws IOException {
            this.events = events;
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            try (java.net.DatagramSocket sender = new java.net.DatagramSocket()) {
                sender.send(new java.net.DatagramPacket(new byte[1], 1, socket.localAddress()));
            }
            loop.register(this).syncUninterruptibly().getNow().submit(EpollIoOps.EPOLLIN);
        }

        @Override
        public FileDescriptor fd() {
            return socket;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            events.handle(times.incrementAndGet(), registration);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
