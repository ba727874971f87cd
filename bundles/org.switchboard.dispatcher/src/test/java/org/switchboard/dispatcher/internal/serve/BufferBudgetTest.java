package org.switchboard.dispatcher.internal.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogLevel;
import org.switchboard.dispatcher.internal.buffer.BufferBudget;
import org.switchboard.dispatcher.internal.buffer.SessionBuffers;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;
import org.switchboard.dispatcher.internal.listen.SteadyEpoll;
import org.switchboard.dispatcher.internal.session.AccessLog;
import org.switchboard.dispatcher.internal.session.Counters;
import org.switchboard.dispatcher.internal.session.LiveSession;
import org.switchboard.dispatcher.internal.session.SessionRegistry;
import org.switchboard.posix.Sockets;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeLoggers;

/** Clients that send or are sent much, and read nothing, on real connections. */
class BufferBudgetTest {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int BUDGET = 1024 * 1024;
    /** One read more than the most that a session may have to write. */
    private static final int MOST_OF_ONE = 128 * 1024 + 8192;
    private static final int MUCH = 16 * 1024 * 1024;

    private final FakeLoggers loggers = new FakeLoggers();
    private final SessionRegistry sessions = new SessionRegistry(
            new AccessLog(loggers.getLogger("switchboard.access"), InstantSource.system()), InstantSource.system());
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2,
            new SteadyEpoll(() -> { }, Throwable::printStackTrace));
    private BufferBudget budget = new BufferBudget(BUDGET, Long.MAX_VALUE, loggers.getLogger("budget"));
    private final Counters counters = new Counters();
    private final Sockets sockets = RealSockets.open();
    private final List<SocketChannel> clients = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (SocketChannel client : clients) {
            client.close();
        }
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** A connection that is served by that handler; its client takes as little as it can. */
    private SocketChannel connect(ChannelHandler handler) throws Exception {
        var listener = io.netty.channel.unix.Socket.newSocketStream();
        SocketChannel client = SocketChannel.open();
        clients.add(client);
        try {
            listener.bind(new InetSocketAddress("127.0.0.1", 0));
            listener.listen(1);
            client.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            client.connect(listener.localAddress());
            int fd = listener.accept(new byte[32]);
            while (fd < 0) {
                fd = listener.accept(new byte[32]);
            }
            serve(new AcceptedConnection(fd, client.getLocalAddress(), client.getRemoteAddress(), sockets), handler);
        } finally {
            listener.close();
        }
        client.configureBlocking(false);
        return client;
    }

    private void serve(AcceptedConnection connection, ChannelHandler handler) throws IOException {
        LiveSession session = sessions.open(Entries.tcp("test"), counters, connection.remote(), connection.local(),
                List.of());
        session.endsWith(connection::close);
        Channel channel = connection.toChannel();
        SessionBuffers buffers = budget.open(session, channel);
        SessionHead head = new SessionHead(session, buffers, sockets);
        channel.pipeline().addLast(head, handler, head.new Tail());
        group.next().register(channel).syncUninterruptibly();
    }

    /** Echoes, and cares for nothing else. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message);
        }
    }

    /** Writes much at once, whatever becomes of it. */
    private static final class Flood extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            for (int i = 0; i < MUCH / 65_536; i++) {
                context.write(Unpooled.wrappedBuffer(new byte[65_536]));
            }
            context.flush();
        }
    }

    /** Sends until nothing more is taken, for a while. @return how much was */
    private static long sendAll(SocketChannel client) throws IOException {
        long sent = 0;
        long quiet = System.nanoTime();
        while (System.nanoTime() - quiet < TimeUnit.MILLISECONDS.toNanos(500) && sent < 4L * MUCH) {
            int taken = client.write(ByteBuffer.allocate(65_536));
            sent += taken;
            quiet = taken > 0 ? System.nanoTime() : quiet;
        }
        return sent;
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Reads that many bytes. */
    private static void receive(SocketChannel client, long count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(65_536);
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (long left = count; left > 0; ) {
            int came = client.read(bytes.clear().limit((int) Math.min(left, 65_536)));
            assertThat(came).as("%d bytes left", left).isNotNegative();
            assertThat(System.nanoTime()).as("%d bytes left", left).isLessThan(end);
            left -= came;
        }
    }

    @Test
    void aClientThatSendsAndNeverReadsIsNotReadFromAndGetsAllOfItWhenItReads() throws Exception {
        SocketChannel client = connect(new Echo());

        long sent = sendAll(client);
        assertThat(sent).isLessThan(4L * MUCH);
        assertThat(budget.used()).isPositive().isLessThan(MOST_OF_ONE);

        receive(client, sent);
        await("nothing is kept", () -> budget.used() < 4096);
        assertThat(sessions.list()).hasSize(1);
    }

    @Test
    void aProviderThatReadsOnDemandIsGivenNothingItDidNotAskFor() throws Exception {
        AtomicLong came = new AtomicLong();
        CompletableFuture<ChannelHandlerContext> serving = new CompletableFuture<>();
        SocketChannel client = connect(new ChannelInboundHandlerAdapter() {
            @Override
            public void handlerAdded(ChannelHandlerContext context) {
                context.channel().config().setAutoRead(false);
            }

            @Override
            public void channelActive(ChannelHandlerContext context) {
                context.writeAndFlush(Unpooled.wrappedBuffer(new byte[BUDGET / 2]));
                context.read();
                serving.complete(context);
            }

            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                came.addAndGet(((ByteBuf) message).readableBytes());
                ((ByteBuf) message).release();
            }
        });
        ChannelHandlerContext context = serving.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
        client.write(ByteBuffer.allocate(1));
        context.executor().submit(() -> { }).sync();
        assertThat(came).hasValue(0);

        // What was asked for while the channel was not writable comes when it is, and nothing more.
        receive(client, BUDGET / 2);
        await("the byte that was asked for", () -> came.get() == 1);
        client.write(ByteBuffer.allocate(1));
        context.executor().submit(() -> { }).sync();
        assertThat(came).hasValue(1);
        assertThat(context.channel().config().isAutoRead()).isFalse();
        context.read();
        await("the next", () -> came.get() == 2);
    }

    @Test
    void theSessionsThatKeepMostAreClosedAndTheOthersGoOn() throws Exception {
        SocketChannel light = connect(new Echo());
        for (int i = 0; i < 10; i++) {
            connect(new Flood());
        }
        await("the heavy ones are closed", () -> sessions.list().size() == 1);

        await("what they kept is given back", () -> budget.used() < BUDGET);
        assertThat(loggers.messages(LogLevel.WARN)).singleElement().asString()
                .contains("sessions keep more than 1024 KiB", "test/tcp4#", "from /127.0.0.1");
        light.write(ByteBuffer.allocate(5));
        receive(light, 5);
        await("nothing is kept", () -> budget.used() == 0);
    }

    @Test
    void manyWhoNeverReadKeepNoMoreThanTheBudgetAndNothingWhenTheyHaveGone() throws Exception {
        for (int i = 0; i < 60; i++) {
            SocketChannel client = connect(new Echo());
            for (int sent = 1; sent > 0; ) {
                sent = client.write(ByteBuffer.allocate(65_536));
            }
        }
        await("all that is sent is read, or its session closed", () -> budget.used() <= BUDGET);
        for (SocketChannel client : clients) {
            client.close();
        }
        await("nothing is kept", () -> budget.used() == 0 && sessions.list().isEmpty());
    }

    @Test
    void whatTheKernelKeepsForClientsThatNeverReadIsBoundedAndAClientThatReadsGoesOn() throws Exception {
        budget = new BufferBudget(Long.MAX_VALUE, 4 * BUDGET, loggers.getLogger("budget"));
        SocketChannel reader = connect(new Echo());
        for (int i = 0; i < 60; i++) {
            fill(connect(new Echo()));
            reader.write(ByteBuffer.allocate(65_536));
            receive(reader, 65_536);
        }
        await("those that keep most are closed", () -> sessions.list().size() < 61);
        await("the kernel keeps less", () -> budget.usedInKernel() <= 4 * BUDGET);

        assertThat(loggers.messages(LogLevel.WARN)).first().asString().contains("4096 KiB in the kernel's");
        reader.write(ByteBuffer.allocate(5));
        receive(reader, 5);
    }

    /** Sends what the kernel takes now; the session may be closed meanwhile. */
    private static void fill(SocketChannel client) {
        try {
            for (int sent = 1; sent > 0; ) {
                sent = client.write(ByteBuffer.allocate(65_536));
            }
        } catch (IOException closed) {
            assertThat(closed).hasMessageMatching("Connection reset.*|Broken pipe");
        }
    }
}
