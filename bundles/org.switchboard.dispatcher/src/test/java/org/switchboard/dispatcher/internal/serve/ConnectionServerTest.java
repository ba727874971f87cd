package org.switchboard.dispatcher.internal.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.provider.Session;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.api.runtime.RegistrationFailure;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.admit.AdmissionPeriod;
import org.switchboard.dispatcher.internal.buffer.BufferBudget;
import org.switchboard.dispatcher.internal.framework.TestFramework;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;
import org.switchboard.dispatcher.internal.listen.SteadyEpoll;
import org.switchboard.dispatcher.internal.provider.ProviderDirectory;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.dispatcher.internal.session.AccessLog;
import org.switchboard.dispatcher.internal.session.Conduct;
import org.switchboard.dispatcher.internal.session.Counters;
import org.switchboard.dispatcher.internal.session.LiveSession;
import org.switchboard.dispatcher.internal.session.SessionRegistry;
import org.switchboard.netty.ChannelProvider;
import org.switchboard.netty.LastAnswer;
import org.switchboard.posix.DatagramSockets;
import org.switchboard.posix.SocketQueues;
import org.switchboard.posix.Sockets;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeLoggers;

/** Real connections, a real service registry, and providers of every temper. */
class ConnectionServerTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MILLIS);
    private static final int MOST_BUFFERED = 1024 * 1024;

    private final FakeLoggers loggers = new FakeLoggers();
    private final Admission admission = new Admission();
    private final SessionRegistry sessions = new SessionRegistry(
            new AccessLog(loggers.getLogger("switchboard.access"), InstantSource.system()), InstantSource.system());
    private final Workers workers = new Workers(16);
    private final Counters counters = new Counters();
    private final Parking parking = new Parking();
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
            new SteadyEpoll(() -> { }, Throwable::printStackTrace));
    private final BufferBudget budget = new BufferBudget(MOST_BUFFERED, Long.MAX_VALUE, loggers.getLogger("budget"));
    private final Sockets sockets = RealSockets.open();
    private ConnectionServer server;
    private final AdmissionPeriod period = AdmissionPeriod.unwatched();
    private TestFramework framework;
    private ProviderDirectory directory;

    static DatagramSockets noDatagrams() {
        return (DatagramSockets) Proxy.newProxyInstance(DatagramSockets.class.getClassLoader(), new Class<?>[] {DatagramSockets.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError("no " + method.getName() + " here");
                });
    }

    static SocketQueues noQueues() {
        return fd -> {
            throw new AssertionError("no whole socket is handed over here");
        };
    }

    @BeforeEach
    void listen(@TempDir Path storage) throws Exception {
        framework = new TestFramework(storage);
        directory = new ProviderDirectory(framework.context(), InstantSource.system(), new ProviderDirectory.Observer() {
            @Override
            public void appeared(ProviderHandle handle) {
                parking.resumeAll(serving(handle));
            }

            @Override
            public void departing(ProviderHandle handle) {
                sessions.drain(handle);
                if (!handle.awaitUnused(Duration.ofMillis(PATIENCE_MILLIS))) {
                    sessions.end(handle);
                }
            }
        });
        directory.open();
        SessionStage stage = new SessionStage(admission.sessionRules(), workers, directory, Duration.ofMinutes(1), InstantSource.system());
        server = new ConnectionServer(admission, stage, sessions, workers,
                new DescriptorServer(admission, stage, sessions, sockets, noDatagrams(), noQueues(), workers,
                        group.next()), sockets, budget);
    }

    @AfterEach
    void stop() throws Exception {
        directory.close();
        framework.close();
        workers.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private Serving serving(ProviderHandle handle) {
        return new Serving(Entries.tcp("test"), handle, handle.kindFor(Entries.tcp("test")).orElseThrow(), counters, parking,
                period, Conduct.UNWATCHED);
    }

    private ServiceRegistration<?> provide(Class<?> kind, Object provider) {
        return framework.register(kind, provider, "test", 0);
    }

    /** Connects to a port whose arrivals go to the provider that is registered when this is called. */
    private Socket connect() throws IOException {
        return connect(serving(directory.all().get(0)));
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @RepeatedTest(20)
    void aBlockingProviderReadsToTheEndAndAnswers() throws Exception {
        provide(StreamProvider.class, (StreamProvider) session -> {
            session.output().write(session.input().readAllBytes());
            session.output().flush();
        });

        try (Socket client = connect()) {
            say(client, "half-closed");
            client.shutdownOutput();

            assertThat(answer(client)).isEqualTo("half-closed");
        }
        String end = loggers.await("END test/tcp4#1").message();
        assertThat(end).contains("outcome=ok").endsWith("in=11 out=11");
        assertThat(counters.starts()).isEqualTo(1);
        assertThat(sessions.list()).isEmpty();
    }

    @Test
    void anAnswerLongerThanTheKernelTakesAtOnceReachesAPeerThatHasClosedItsSide() throws Exception {
        int length = 8 * 1024 * 1024;
        provide(StreamProvider.class, (StreamProvider) session -> {
            session.input().readAllBytes();
            session.output().write(new byte[length]);
            session.output().flush();
        });

        try (Socket client = connect()) {
            client.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).hasSize(length);
        }
    }

    @Test
    void aBlockingProviderMayTalkBackAndForth() throws Exception {
        provide(StreamProvider.class, (StreamProvider) session -> {
            BufferedReader lines = new BufferedReader(new InputStreamReader(session.input(), StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); !line.equals("quit"); line = lines.readLine()) {
                session.output().write((line.toUpperCase(Locale.ROOT) + "\n").getBytes(StandardCharsets.US_ASCII));
                session.output().flush();
            }
        });

        try (Socket client = connect()) {
            BufferedReader answers = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            say(client, "one\n");
            assertThat(answers.readLine()).isEqualTo("ONE");
            say(client, "two\nquit\n");
            assertThat(answers.readLine()).isEqualTo("TWO");
            assertThat(answers.readLine()).isNull();
        }
    }

    @Test
    void aShortAnswerIsSentAndTheConnectionClosed() throws Exception {
        provide(ChannelProvider.class, new ChannelProvider() {
            @Override
            public Optional<byte[]> answer(Session session) {
                return Optional.of("bye".getBytes(StandardCharsets.US_ASCII));
            }

            @Override
            public void open(Session session, ChannelPipeline pipeline) {
                throw new AssertionError("not needed");
            }
        });

        try (Socket client = connect()) {
            assertThat(answer(client)).isEqualTo("bye");
        }
        assertThat(loggers.await("END test/tcp4#1").message()).contains("outcome=ok").endsWith("in=0 out=3");
        assertThat(sessions.list()).isEmpty();
        assertThat(directory.all().get(0).uses()).isZero();
    }

    @Test
    void anAnswerThatIsNotShortGoesThroughThePipeline() throws Exception {
        provide(ChannelProvider.class, new ChannelProvider() {
            @Override
            public Optional<byte[]> answer(Session session) {
                return Optional.of(new byte[LastAnswer.MAX_BYTES + 1]);
            }

            @Override
            public void open(Session session, ChannelPipeline pipeline) {
                pipeline.addLast(new LastAnswer("bye".getBytes(StandardCharsets.US_ASCII)));
            }
        });

        try (Socket client = connect()) {
            assertThat(answer(client)).isEqualTo("bye");
        }
    }

    @Test
    void aLastAnswerBehindAnotherHandlerGoesThroughThatHandler() throws Exception {
        CompletableFuture<Object> seen = new CompletableFuture<>();
        provide(ChannelProvider.class, (ChannelProvider) (session, pipeline) -> {
            pipeline.addLast(new ChannelOutboundHandlerAdapter() {
                @Override
                public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                    seen.complete(message);
                    context.write(message, promise);
                }
            });
            pipeline.addLast(new LastAnswer("bye".getBytes(StandardCharsets.US_ASCII)));
        });

        try (Socket client = connect()) {
            assertThat(answer(client)).isEqualTo("bye");
        }
        assertThat(seen).isCompleted();
        assertThat(loggers.await("END test/tcp4#1").message()).contains("outcome=ok").endsWith("in=0 out=3");
    }

    @Test
    void aProviderThatThrowsHarmsItsOwnSessionOnly() throws Exception {
        provide(StreamProvider.class, (StreamProvider) session -> {
            throw new IllegalStateException("oops");
        });

        try (Socket client = connect()) {
            assertThat(answer(client)).isEmpty();
        }
        loggers.await("provider 'test' of org.apache.felix.framework [0] failed: java.lang.IllegalStateException: oops");
        assertThat(counters.failures()).isEqualTo(1);
    }

    @Test
    void anErrorOfABlockingProviderHarmsItsOwnSessionOnly() throws Exception {
        provide(StreamProvider.class, (StreamProvider) session -> {
            throw new Error("oops");
        });

        try (Socket client = connect()) {
            assertThat(answer(client)).isEmpty();
        }
        loggers.await("provider 'test' of org.apache.felix.framework [0] failed: java.lang.Error: oops");
        assertThat(sessions.list()).isEmpty();
    }

    @Test
    void anErrorInOpenGivesEverythingBackAndTheLoopGoesOn() throws Exception {
        CompletableFuture<String> lease = new CompletableFuture<>();
        admission.add(arrival -> Verdict.admit(() -> lease.complete("back")), Map.of());
        provide(ChannelProvider.class, (ChannelProvider) (session, pipeline) -> {
            throw new OutOfMemoryError("oops");
        });

        for (int i = 0; i < 3; i++) {
            try (Socket client = connect()) {
                assertThat(answer(client)).isEmpty();
            }
        }
        loggers.await("provider 'test' of org.apache.felix.framework [0] failed: java.lang.OutOfMemoryError: oops");
        assertThat(lease.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("back");
        assertThat(group.next().isShuttingDown()).isFalse();
    }

    @Test
    void aHandlerThatCannotBeAddedCostsTheSession() throws Exception {
        provide(ChannelProvider.class, (ChannelProvider) (session, pipeline) ->
                pipeline.addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void handlerAdded(ChannelHandlerContext context) {
                        throw new Error("oops");
                    }
                }));

        try (Socket client = connect()) {
            assertThat(answer(client)).isEmpty();
        }
        loggers.await("provider 'test' of org.apache.felix.framework [0] failed: java.lang.Error: oops");
    }

    @Test
    void sessionsOfALoopThatHasEndedAreOver() throws Exception {
        CountDownLatch serving = new CountDownLatch(1);
        provide(StreamProvider.class, (StreamProvider) session -> {
            serving.countDown();
            session.input().readAllBytes();
        });

        try (Socket client = connect()) {
            assertThat(serving.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
            sessions.lost(group.next());
            loggers.await("END test/tcp4#1 outcome=lost");
            assertThat(answer(client)).isEmpty();
        }
    }

    @Test
    void aProviderThatCannotBeMadeCostsTheConnection() throws Exception {
        provide(StreamProvider.class, new ServiceFactory<StreamProvider>() {
            @Override
            public StreamProvider getService(Bundle bundle, ServiceRegistration<StreamProvider> registration) {
                throw new IllegalStateException("broken constructor");
            }

            @Override
            public void ungetService(Bundle bundle, ServiceRegistration<StreamProvider> registration, StreamProvider service) {
                throw new AssertionError("there was none");
            }
        });

        try (Socket client = connect()) {
            assertThat(answer(client)).isEmpty();
        }
        loggers.await("provider 'test' of org.apache.felix.framework [0] failed");
        assertThat(directory.all().get(0).fault().orElseThrow().reason()).isEqualTo(RegistrationFailure.NOT_GETTABLE);
    }

    @Test
    void whoWaitsForAConstructorThatHangsOccupiesNoThread() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        provide(StreamProvider.class, new ServiceFactory<StreamProvider>() {
            @Override
            public StreamProvider getService(Bundle bundle, ServiceRegistration<StreamProvider> registration) {
                try {
                    hanging.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return session -> session.output().write('!');
            }

            @Override
            public void ungetService(Bundle bundle, ServiceRegistration<StreamProvider> registration, StreamProvider service) { }
        });
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            clients.add(connect());
        }
        loggers.await("START test/tcp4#5 ");
        assertThat(Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("switchboard-worker-")
                && Arrays.stream(thread.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("getService")))
                .count()).isLessThanOrEqualTo(1);

        hanging.countDown();
        for (Socket client : clients) {
            assertThat(answer(client)).isEqualTo("!");
            client.close();
        }
    }

    @Test
    void whoeverIsRefusedConnectsAndSeesTheEnd() throws Exception {
        provide(StreamProvider.class, (StreamProvider) session -> { });
        admission.add(arrival -> Verdict.refuse("full"), Map.of());

        try (Socket client = connect()) {
            assertThat(answer(client)).isEmpty();
        }
        loggers.await("REFUSE test/tcp4 from=127.0.0.1:");
        assertThat(counters.refusals()).isEqualTo(1);
        assertThat(counters.starts()).isZero();
    }

    @Test
    void aRuleCanCloseTheWholeService() throws Exception {
        provide(StreamProvider.class, (StreamProvider) session -> { });
        admission.add(arrival -> Verdict.suspend(Instant.MAX, "flooded"), Map.of());

        try (Socket client = connect()) {
            assertThat(answer(client)).isEmpty();
        }
        assertThat(period.suspension().orElseThrow().reason()).isEqualTo("flooded");
    }

    @Test
    void unregisteringWaitsForTheRunningSession() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ServiceRegistration<?> registration = provide(StreamProvider.class, (StreamProvider) session -> {
            begun.countDown();
            session.output().write(session.input().read());
            session.output().flush();
        });

        try (Socket client = connect()) {
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            Thread unregistering = new Thread(registration::unregister);
            unregistering.start();
            say(client, "x");
            assertThat(answer(client)).isEqualTo("x");
            unregistering.join(PATIENCE_MILLIS);
            assertThat(unregistering.isAlive()).isFalse();
        }
    }

    @Test
    void whoArrivesWhileAProviderIsReplacedIsServedByTheNextOne() throws Exception {
        ServiceRegistration<?> old = provide(ChannelProvider.class, greeter("old"));
        ProviderHandle handle = directory.all().get(0);
        Serving stale = serving(handle);
        old.unregister();
        try (Socket client = connect(stale)) {
            loggers.await("START test/tcp4#1");
            awaitParked();
            framework.register(ChannelProvider.class, greeter("new"), "test", 1);

            assertThat(answer(client)).isEqualTo("new");
        }
    }

    @Test
    void whoFindsAProviderGoneWhenTheNextOneIsThereAlreadyDoesNotWait() throws Exception {
        ServiceRegistration<?> old = provide(ChannelProvider.class, greeter("old"));
        Serving stale = serving(directory.all().get(0));
        old.unregister();
        provide(ChannelProvider.class, greeter("new"));

        try (Socket client = connect(stale)) {
            assertThat(answer(client)).isEqualTo("new");
        }
    }

    private void awaitParked() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (parking.size() == 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private Socket connect(Serving serving) throws IOException {
        EventLoop loop = group.next();
        var listener = io.netty.channel.unix.Socket.newSocketStream();
        listener.bind(new InetSocketAddress("127.0.0.1", 0));
        listener.listen(1);
        Socket socket = new Socket("127.0.0.1", listener.localAddress().getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        int fd = accept(listener);
        loop.execute(() -> server.arrived(serving, loop, new AcceptedConnection(fd, socket.getLocalSocketAddress(),
                socket.getRemoteSocketAddress(), sockets)));
        return socket;
    }

    static int accept(io.netty.channel.unix.Socket listener) throws IOException {
        try {
            int fd = listener.accept(new byte[32]);
            while (fd < 0) {
                fd = listener.accept(new byte[32]);
            }
            return fd;
        } finally {
            listener.close();
        }
    }

    private static ChannelProvider greeter(String greeting) {
        return (session, pipeline) -> pipeline.addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext context) {
                ByteBuf text = context.alloc().buffer();
                text.writeCharSequence(greeting, StandardCharsets.US_ASCII);
                context.writeAndFlush(text).addListener(written -> context.close());
            }
        });
    }

    @Test
    void aBlockingProviderThatIgnoresInterruptsLosesItsConnection() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        provide(StreamProvider.class, (StreamProvider) session -> {
            while (released.getCount() > 0) {
                try {
                    released.await();
                } catch (InterruptedException ignored) {
                    session.draining();
                }
            }
        });

        try (Socket client = connect()) {
            loggers.await("START test/tcp4#1");
            assertThat(sessions.end(session -> true, LiveSession::endOrKill, Duration.ZERO)).isEqualTo(1);
            assertThat(answer(client)).isEmpty();
            loggers.await("END test/tcp4#1");
        } finally {
            released.countDown();
        }
    }

    @Test
    void endingASessionCutsTheConnection() throws Exception {
        provide(StreamProvider.class, (StreamProvider) session -> session.input().read());

        try (Socket client = connect()) {
            loggers.await("START test/tcp4#1");
            assertThat(sessions.end(session -> session.number() == 1, LiveSession::end, PATIENCE)).isEqualTo(1);
            assertThat(sessions.list()).isEmpty();

            assertThat(answer(client)).isEmpty();
        }
        loggers.await("END test/tcp4#1");
    }
}
