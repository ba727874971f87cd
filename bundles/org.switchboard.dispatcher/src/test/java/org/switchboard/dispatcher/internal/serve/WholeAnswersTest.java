package org.switchboard.dispatcher.internal.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.ServiceRegistration;
import org.switchboard.api.admission.AdmissionOptions;
import org.switchboard.api.admission.SessionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.DescriptorProvider;
import org.switchboard.api.provider.Session;
import org.switchboard.api.provider.StreamProvider;
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
import org.switchboard.dispatcher.internal.session.SessionRegistry;
import org.switchboard.netty.ChannelProvider;
import org.switchboard.netty.LastAnswer;
import org.switchboard.posix.Sockets;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeLoggers;

/**
 * Every way in which a connection is closed behind a text, with every kind of client: it gets the whole text, and then
 * an end.
 */
class WholeAnswersTest {

    private static final long MOST_BUFFERED = 64L << 20;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String TEXT = "Sun Nov 22 20:51:33 2026\r\n";
    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.US_ASCII);
    private static final String GUARD = "guard";

    private final FakeLoggers loggers = new FakeLoggers();
    private final Admission admission = new Admission();
    private final SessionRegistry sessions = new SessionRegistry(
            new AccessLog(loggers.getLogger("switchboard.access"), InstantSource.system()), InstantSource.system());
    private final Workers workers = new Workers(16);
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
            new SteadyEpoll(() -> { }, Throwable::printStackTrace));
    private final Sockets sockets = RealSockets.open();
    private ServiceEntry entry = Entries.tcp("test");
    private TestFramework framework;
    private ProviderDirectory directory;
    private ConnectionServer server;

    /** What clients do before they read. */
    enum Kind {
        SILENT {
            @Override
            void act(Socket client) {
                // Reads only.
            }
        },
        SENDS_FIRST {
            @Override
            void act(Socket client) throws IOException {
                client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        },
        SENDS_IN_PIECES {
            @Override
            void act(Socket client) throws IOException {
                for (int i = 0; i < 20; i++) {
                    client.getOutputStream().write(new byte[1]);
                }
            }
        },
        SENDS_MORE_THAN_THE_BUFFERS_HOLD {
            @Override
            void act(Socket client) throws IOException {
                client.getOutputStream().write(new byte[12 << 20]);
            }
        },
        HALF_CLOSES {
            @Override
            void act(Socket client) throws IOException {
                SENDS_FIRST.act(client);
                client.shutdownOutput();
            }
        },
        SENDS_LATE {
            @Override
            void act(Socket client) throws IOException {
                assertThat((char) client.getInputStream().read()).isEqualTo(TEXT.charAt(0));
                SENDS_IN_PIECES.act(client);
            }

            @Override
            String expected() {
                return TEXT.substring(1);
            }
        };

        abstract void act(Socket client) throws IOException;

        String expected() {
            return TEXT;
        }
    }

    private static final class NoObserver implements ProviderDirectory.Observer {
        @Override
        public void appeared(ProviderHandle handle) {
        }

        @Override
        public void departing(ProviderHandle handle) {
        }
    }

    @BeforeEach
    void open(@TempDir Path storage) throws Exception {
        framework = new TestFramework(storage);
        directory = new ProviderDirectory(framework.context(), InstantSource.system(), new NoObserver());
        directory.open();
        SessionStage stage = new SessionStage(admission.sessionRules(), workers, directory, Duration.ofMinutes(1),
                InstantSource.system());
        server = new ConnectionServer(admission, stage, sessions, workers,
                new DescriptorServer(admission, stage, sessions, sockets, ConnectionServerTest.noDatagrams(),
                        ConnectionServerTest.noQueues(), workers, group.next()), sockets,
                new BufferBudget(MOST_BUFFERED, Long.MAX_VALUE, loggers.getLogger("budget")));
    }

    @AfterEach
    void close() throws Exception {
        directory.close();
        framework.close();
        workers.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private ServiceRegistration<?> provide(Class<?> kind, Object provider) {
        return framework.register(kind, provider, "test", 0);
    }

    private void assertAnswered(Kind kind) throws Exception {
        assertAnswered(kind, "");
    }

    private void assertAnswered(Kind kind, String greeting) throws Exception {
        ProviderHandle handle = directory.all().get(0);
        Serving serving = new Serving(entry, handle, handle.kindFor(entry).orElseThrow(), new Counters(), new Parking(),
                AdmissionPeriod.unwatched(), Conduct.UNWATCHED);
        EventLoop loop = group.next();
        var listener = io.netty.channel.unix.Socket.newSocketStream();
        listener.bind(new InetSocketAddress("127.0.0.1", 0));
        listener.listen(1);
        try (Socket client = new Socket("127.0.0.1", listener.localAddress().getPort())) {
            client.setSoTimeout(PATIENCE_MILLIS);
            AcceptedConnection accepted = new AcceptedConnection(ConnectionServerTest.accept(listener),
                    client.getLocalSocketAddress(), client.getRemoteSocketAddress(), sockets);
            accepted.greetWith(greeting.getBytes(StandardCharsets.US_ASCII));
            if (kind == Kind.SENDS_FIRST || kind == Kind.HALF_CLOSES) {
                // All of it is there before the server does anything.
                kind.act(client);
                loop.execute(() -> server.arrived(serving, loop, accepted));
            } else {
                loop.execute(() -> server.arrived(serving, loop, accepted));
                kind.act(client);
            }

            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo(kind.expected());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aShortAnswer(Kind kind) throws Exception {
        provide(ChannelProvider.class, new ChannelProvider() {
            @Override
            public Optional<byte[]> answer(Session session) {
                return Optional.of(BYTES);
            }

            @Override
            public void open(Session session, ChannelPipeline pipeline) {
                throw new AssertionError("not needed");
            }
        });

        assertAnswered(kind);
        assertThat(loggers.await("END test/tcp4#1").message()).contains("outcome=ok").endsWith("out=" + BYTES.length);
    }

    @ParameterizedTest
    @EnumSource
    void aLastAnswerOfAPipeline(Kind kind) throws Exception {
        provide(ChannelProvider.class,
                (ChannelProvider) (session, pipeline) -> pipeline.addLast(new LastAnswer(BYTES)));

        assertAnswered(kind);
        assertThat(loggers.await("END test/tcp4#1").message()).contains("outcome=ok").endsWith("out=" + BYTES.length);
    }

    @ParameterizedTest
    @EnumSource
    void aPipelineThatDoesNotReadAndCloses(Kind kind) throws Exception {
        provide(ChannelProvider.class, (ChannelProvider) (session, pipeline) -> {
            pipeline.channel().config().setAutoRead(false);
            pipeline.addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelActive(ChannelHandlerContext context) {
                    ByteBuf text = context.alloc().buffer().writeBytes(BYTES);
                    context.writeAndFlush(text).addListener(written -> context.close());
                }
            });
        });

        assertAnswered(kind);
    }

    @ParameterizedTest
    @EnumSource
    void aBlockingProviderThatReadsNothing(Kind kind) throws Exception {
        provide(StreamProvider.class, (StreamProvider) session -> session.output().write(BYTES));

        assertAnswered(kind);
    }

    @ParameterizedTest
    @EnumSource
    void aBlockingProviderThatFailsBehindItsText(Kind kind) throws Exception {
        provide(StreamProvider.class, (StreamProvider) session -> {
            session.output().write(BYTES);
            session.output().flush();
            throw new IllegalStateException("oops");
        });

        assertAnswered(kind);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalWithAText(Kind kind) throws Exception {
        provide(StreamProvider.class, (StreamProvider) session -> { });
        entry = Entries.entry("test", Protocol.TCP4).options(Map.of(GUARD, "yes")).build();
        SessionRule rule = visit -> {
            visit.linger(30);
            try {
                visit.send(BYTES);
            } catch (IOException gone) {
                throw new AssertionError(gone);
            }
            return Verdict.refuse("not you");
        };
        admission.addSessionRule(() -> rule, Map.of("service.id", 1L, AdmissionOptions.PROPERTY, GUARD));

        assertAnswered(kind);
    }

    @ParameterizedTest
    @EnumSource
    void aGreetingBeforeAProviderThatCannotServe(Kind kind) throws Exception {
        provide(DescriptorProvider.class, (DescriptorProvider) socket -> {
            throw new IOException("no such program");
        });

        assertAnswered(kind, TEXT);
    }
}
