package org.switchboard.provider.tcpmux.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.Ending;
import org.switchboard.api.provider.Instance;
import org.switchboard.api.provider.SocketDescriptor;
import org.switchboard.api.provider.Switchyard;
import org.switchboard.posix.HeldSockets;
import org.switchboard.posix.Lines;
import org.switchboard.posix.Lines.End;
import org.switchboard.posix.Lines.Line;
import org.switchboard.posix.Sockets;
import org.switchboard.testkit.Entries;

/** What a client says is what a test says; descriptors are numbers. */
class TcpmuxProviderTest {

    private static final int ACCEPTED = 40;

    private record Handed(int fd, long session, ServiceEntry entry, Optional<SocketAddress> local,
            Optional<SocketAddress> remote) implements SocketDescriptor {
    }

    /** Entries that can be reached, and what was handed on to them. */
    private static final class Yard implements Switchyard {
        private final List<ServiceEntry> entries = new ArrayList<>();
        private final List<String> passed = new ArrayList<>();
        /** What the look for an entry waits for. */
        private CompletableFuture<Boolean> settled = CompletableFuture.completedFuture(true);
        private boolean gone;
        /** How often a service is gone when it was just found. */
        private int away;

        @Override
        public List<ServiceEntry> entries() {
            return entries;
        }

        @Override
        public CompletionStage<Optional<ServiceEntry>> find(Predicate<ServiceEntry> wanted) {
            return settled.thenApply(now -> entries.stream().filter(wanted).findFirst());
        }

        @Override
        public boolean pass(ServiceEntry entry, int fd, byte[] greeting) {
            if (away > 0) {
                away--;
                return false;
            }
            if (!gone) {
                passed.add(entry.name() + " " + fd + " " + new String(greeting, StandardCharsets.US_ASCII));
            }
            return !gone;
        }
    }

    /** The client. */
    private static final class Peer implements Lines {
        private final CompletableFuture<Consumer<Line>> reader = new CompletableFuture<>();
        private Duration patience = Duration.ZERO;
        private int most;
        private String answer = "";
        private boolean cancelled;
        private boolean begun;

        @Override
        public Pending read(int fd, int mostBytes, Duration atMost, Consumer<Line> whenRead) throws IOException {
            most = mostBytes;
            patience = atMost;
            reader.complete(whenRead);
            return new Pending() {
                @Override
                public void cancel() {
                    cancelled = true;
                }

                @Override
                public boolean hasTaken() {
                    return begun;
                }
            };
        }

        void says(String text, End end) {
            reader.join().accept(new Line(text, end));
        }
    }

    private final Yard yard = new Yard();
    private final Peer peer = new Peer();
    private final List<Integer> open = new ArrayList<>();
    /** How each descriptor was closed. */
    private final List<String> ways = new ArrayList<>();
    private final TcpmuxProvider provider = new TcpmuxProvider(yard, sockets(), peer, held());

    /** Notes what is kept for the next version. */
    private HeldSockets held() {
        return (HeldSockets) Proxy.newProxyInstance(HeldSockets.class.getClassLoader(), new Class<?>[] {HeldSockets.class},
                (proxy, method, arguments) -> {
                    ways.add(method.getName() + " " + arguments[0]);
                    open.remove((Integer) arguments[1]);
                    return null;
                });
    }

    private Sockets sockets() {
        return (Sockets) Proxy.newProxyInstance(Sockets.class.getClassLoader(), new Class<?>[] {Sockets.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("duplicate")) {
                        int duplicate = (Integer) arguments[0] + 1 + open.size();
                        open.add(duplicate);
                        return duplicate;
                    }
                    if (method.getName().equals("setBlocking")) {
                        return null;
                    }
                    assertThat(method.getName()).isIn("sendLast", "end", "close");
                    ways.add(method.getName());
                    assertThat(open).as("descriptors to close").contains((Integer) arguments[0]);
                    open.remove((Integer) arguments[0]);
                    return method.getName().equals("sendLast") ? answer((byte[]) arguments[1]) : null;
                });
    }

    private int answer(byte[] bytes) {
        peer.answer = new String(bytes, StandardCharsets.ISO_8859_1);
        return bytes.length;
    }

    private void reachable(String name, String way) {
        yard.entries.add(Entries.entry("tcpmux/" + name, Protocol.TCP).options(Map.of("mux", way)).build());
    }

    private Instance connect() throws IOException {
        ServiceEntry mux = Entries.entry("tcpmux", Protocol.TCP).build();
        return provider.start(new Handed(ACCEPTED, 1, mux, Optional.empty(), Optional.empty()));
    }

    private static Ending end(Instance instance) {
        assertThat(instance.ended().toCompletableFuture()).isCompleted();
        return instance.ended().toCompletableFuture().join();
    }

    @Test
    void theConnectionGoesToTheEntryOfThatNameInAnyCase() throws Exception {
        reachable("other", "plain");
        reachable("Finger", "plain");
        Instance instance = connect();
        peer.says("fINGER", End.LINE);

        assertThat(yard.passed).containsExactly("tcpmux/Finger 41 ");
        assertThat(end(instance)).isEqualTo(Ending.of("passed", "to=tcpmux/Finger/tcp"));
        assertThat(open).isEmpty();
        assertThat(ways).as("another has the connection, which must not be ended").containsExactly("close");
    }

    @Test
    void aPlusServiceIsGreeted() throws Exception {
        reachable("finger", "plus");
        connect();
        peer.says("finger", End.LINE);

        assertThat(yard.passed).containsExactly("tcpmux/finger 41 +Go\r\n");
    }

    @Test
    void whileTheServicesAreSettlingTheClientWaits() throws Exception {
        yard.settled = new CompletableFuture<>();
        Instance instance = connect();
        peer.says("finger", End.LINE);
        assertThat(peer.answer).isEmpty();
        assertThat(instance.ended().toCompletableFuture()).isNotDone();

        reachable("finger", "plain");
        yard.settled.complete(true);

        assertThat(yard.passed).containsExactly("tcpmux/finger 41 ");
        assertThat(open).isEmpty();
    }

    @Test
    void aClientThatIsEndedWhileItWaitsIsNotHandedOn() throws Exception {
        yard.settled = new CompletableFuture<>();
        reachable("finger", "plain");
        Instance instance = connect();
        peer.says("finger", End.LINE);
        instance.end();
        yard.settled.complete(true);

        assertThat(yard.passed).isEmpty();
        assertThat(end(instance)).isEqualTo(Ending.of("ended", ""));
        assertThat(open).isEmpty();
    }

    @Test
    void aServiceThatIsReplacedBetweenFindingAndPassingIsFoundAgain() throws Exception {
        reachable("finger", "plain");
        yard.away = 2;
        connect();
        peer.says("finger", End.LINE);

        assertThat(yard.passed).containsExactly("tcpmux/finger 41 ");
        assertThat(peer.answer).isEmpty();
    }

    @Test
    void aServiceThatGoesAgainAndAgainIsNotAvailable() throws Exception {
        reachable("finger", "plain");
        yard.away = Integer.MAX_VALUE;
        connect();
        peer.says("finger", End.LINE);

        assertThat(peer.answer).isEqualTo("-Service not available\r\n");
    }

    @Test
    void aClientThatHasSaidNothingIsKeptForTheNextVersion() throws Exception {
        Instance instance = connect();

        provider.endAll();

        assertThat(peer.cancelled).isTrue();
        assertThat(ways).containsExactly("holdConnection tcpmux/tcp");
        assertThat(end(instance)).isEqualTo(Ending.of("handed-on", ""));
        assertThat(open).isEmpty();
    }

    @Test
    void aClientThatHasBegunItsNameIsEnded() throws Exception {
        Instance instance = connect();
        peer.begun = true;

        provider.endAll();

        assertThat(ways).containsExactly("end");
        assertThat(end(instance)).isEqualTo(Ending.of("ended", ""));
    }

    @Test
    void aClientThatWaitsForTheServiceItNamedWaitsThereWhenTheProviderStops() throws Exception {
        reachable("finger", "plain");
        yard.settled = new CompletableFuture<>();
        Instance instance = connect();
        peer.says("finger", End.LINE);
        peer.begun = true;

        provider.endAll();

        assertThat(yard.passed).hasSize(1);
        assertThat(end(instance).outcome()).isEqualTo("passed");
        assertThat(open).isEmpty();
    }

    @Test
    void whereNothingCanBeFoundOutTheServiceIsNotAvailable() throws Exception {
        yard.settled = CompletableFuture.failedFuture(new IllegalStateException("no thread is free"));
        connect();
        peer.says("finger", End.LINE);

        assertThat(peer.answer).isEqualTo("-Service not available\r\n");
    }

    @Test
    void theEndOfInputEndsANameToo() throws Exception {
        reachable("finger", "plain");
        connect();
        peer.says("finger", End.END_OF_INPUT);

        assertThat(yard.passed).hasSize(1);
    }

    @Test
    void anUnknownNameIsTurnedDown() throws Exception {
        reachable("finger", "plain");
        Instance instance = connect();
        peer.says("fing", End.LINE);

        assertThat(peer.answer).isEqualTo("-Service not available\r\n");
        assertThat(end(instance).outcome()).isEqualTo("unknown");
        assertThat(open).isEmpty();
    }

    @Test
    void anEmptyNameIsTurnedDown() throws Exception {
        connect();
        peer.says("", End.LINE);

        assertThat(peer.answer).isEqualTo("-Service not available\r\n");
    }

    @Test
    void aNameThatIsTooLongIsTurnedDown() throws Exception {
        connect();
        assertThat(peer.most).isEqualTo(256);
        peer.says("x".repeat(256), End.TOO_LONG);

        assertThat(peer.answer).isEqualTo("-Service not available\r\n");
    }

    @Test
    void anEntryThatIsGoneByNowIsTurnedDown() throws Exception {
        reachable("finger", "plain");
        yard.gone = true;
        connect();
        peer.says("finger", End.LINE);

        assertThat(peer.answer).isEqualTo("-Service not available\r\n");
    }

    @Test
    void helpListsTheNames() throws Exception {
        reachable("finger", "plain");
        reachable("Ping", "plus");
        connect();
        peer.says("Help", End.LINE);

        assertThat(peer.answer).isEqualTo("finger\r\nPing\r\n");
    }

    @Test
    void aBrokenConnectionIsToldSo() throws Exception {
        connect();
        peer.says("", End.FAILED);

        assertThat(peer.answer).isEqualTo("-Error reading service name\r\n");
    }

    @Test
    void aSilentClientIsCutOffAfterTenSeconds() throws Exception {
        Instance instance = connect();
        assertThat(peer.patience).isEqualTo(Duration.ofSeconds(10));
        peer.says("fing", End.TIMEOUT);

        assertThat(end(instance).outcome()).isEqualTo("timeout");
        assertThat(open).isEmpty();
    }

    @Test
    void endingAClientClosesItsConnection() throws Exception {
        Instance instance = connect();
        instance.end();
        instance.end();

        assertThat(peer.cancelled).isTrue();
        assertThat(end(instance).outcome()).isEqualTo("ended");
        assertThat(open).isEmpty();
    }

    @Test
    void moreClientsThanMayWaitAreSentAway() throws Exception {
        for (int i = 0; i < TcpmuxProvider.MOST_WAITING; i++) {
            connect();
        }
        assertThat(peer.answer).isEmpty();
        connect();

        assertThat(peer.answer).isEqualTo("-Too many clients, try again\r\n");
    }

    @Test
    void waitAndArgumentsStandInItsWay() {
        assertThat(provider.obstacle(Entries.entry("tcpmux", Protocol.TCP).build())).isEmpty();
        assertThat(provider.obstacle(Entries.entry("tcpmux", Protocol.TCP).mode(Mode.WAIT).build()))
                .contains("tcpmux is served with 'nowait'");
        assertThat(provider.obstacle(Entries.entry("tcpmux", Protocol.TCP).provider("tcpmux", List.of("-x")).build()))
                .contains("tcpmux takes no arguments, so not '-x'");
    }
}
