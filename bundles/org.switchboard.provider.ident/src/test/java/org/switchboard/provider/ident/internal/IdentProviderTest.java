package org.switchboard.provider.ident.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.Instance;
import org.switchboard.api.provider.SocketDescriptor;
import org.switchboard.posix.Lines;
import org.switchboard.posix.Lines.End;
import org.switchboard.posix.Lines.Line;
import org.switchboard.posix.Sockets;
import org.switchboard.posix.UserFiles;
import org.switchboard.posix.Users;
import org.switchboard.testkit.Entries;

/** What a client says is what a test says; descriptors are numbers. */
class IdentProviderTest {

    private static final long PATIENCE_SECONDS = 60;
    private static final int ACCEPTED = 40;

    private record Handed(int fd, long session, ServiceEntry entry, Optional<SocketAddress> local,
            Optional<SocketAddress> remote) implements SocketDescriptor {
    }

    /** The client. */
    private static final class Peer implements Lines {
        private final CompletableFuture<String> answer = new CompletableFuture<>();
        private Consumer<Line> reader = line -> { };
        private Duration patience = Duration.ZERO;
        private boolean cancelled;

        @Override
        public Pending read(int fd, int mostBytes, Duration atMost, Consumer<Line> whenRead) {
            patience = atMost;
            reader = whenRead;
            return () -> cancelled = true;
        }
    }

    private final Peer peer = new Peer();
    private final List<Integer> open = Collections.synchronizedList(new ArrayList<>());
    private final IdentProvider provider = new IdentProvider(descriptors(), peer, none(Users.class), none(UserFiles.class));

    private static <T> T none(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            throw new AssertionError(method + " is not needed here");
        }));
    }

    private Sockets descriptors() {
        return (Sockets) Proxy.newProxyInstance(Sockets.class.getClassLoader(), new Class<?>[] {Sockets.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("duplicate")) {
                        int duplicate = (Integer) arguments[0] + 1 + open.size();
                        open.add(duplicate);
                        return duplicate;
                    }
                    assertThat(method.getName()).isIn("sendLast", "end");
                    assertThat(open.remove(arguments[0])).as("it was open").isTrue();
                    return method.getName().equals("sendLast") ? answer((byte[]) arguments[1]) : null;
                });
    }

    private int answer(byte[] bytes) {
        peer.answer.complete(new String(bytes, StandardCharsets.ISO_8859_1));
        return bytes.length;
    }

    private static ServiceEntry entry(String... words) {
        return Entries.entry("auth", Protocol.TCP).provider("auth", List.of(words)).build();
    }

    private Instance connect(String... words) throws IOException {
        Optional<SocketAddress> loopback = Optional.of(new InetSocketAddress("127.0.0.1", 113));
        return provider.start(new Handed(ACCEPTED, 1, entry(words), loopback, loopback));
    }

    private static String outcome(Instance instance) {
        assertThat(instance.ended().toCompletableFuture()).isCompleted();
        return instance.ended().toCompletableFuture().join().outcome();
    }

    @Test
    void aQueryIsAnsweredAndTheSessionIsOver() throws Exception {
        Instance instance = connect("-d", "nobody", "-t", "3");
        assertThat(peer.patience).isEqualTo(Duration.ofSeconds(3));
        peer.reader.accept(new Line("22, 33", End.LINE));

        assertThat(peer.answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("22 , 33 : USERID : Linux : nobody\r\n");
        instance.ended().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(outcome(instance)).isEqualTo("ok");
        assertThat(open).isEmpty();
    }

    @Test
    void whoIsSilentGetsAnErrorWhenTheTimeIsOver() throws Exception {
        connect();
        assertThat(peer.patience).isEqualTo(Duration.ofSeconds(10));
        peer.reader.accept(new Line("22, 3", End.TIMEOUT));

        assertThat(peer.answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("0 , 0 : ERROR : INVALID-PORT\r\n");
    }

    @Test
    void whoLeavesWithoutAWordGetsNoAnswer() throws Exception {
        Instance instance = connect();
        peer.reader.accept(new Line("", End.END_OF_INPUT));

        assertThat(outcome(instance)).isEqualTo("nothing");
        assertThat(open).isEmpty();
    }

    @Test
    void endingAClientClosesItsConnection() throws Exception {
        Instance instance = connect();
        instance.end();
        instance.end();

        assertThat(peer.cancelled).isTrue();
        assertThat(outcome(instance)).isEqualTo("ended");
        assertThat(open).isEmpty();
    }

    @Test
    void moreClientsThanMayWaitAreCutOff() throws Exception {
        for (int i = 0; i < IdentProvider.MOST_CLIENTS; i++) {
            connect();
        }

        assertThatThrownBy(this::connect).isInstanceOf(IOException.class).hasMessageContaining("1024 clients");
        provider.endAll();
        assertThat(open).isEmpty();
    }

    @Test
    void waitAndUnknownOptionsStandInItsWay() {
        assertThat(provider.obstacle(entry("-r"))).isEmpty();
        assertThat(provider.obstacle(entry("-x"))).contains("auth has no option '-x'");
        assertThat(provider.obstacle(Entries.entry("auth", Protocol.TCP).mode(Mode.WAIT).build()))
                .contains("auth is served with 'nowait'");
    }
}
