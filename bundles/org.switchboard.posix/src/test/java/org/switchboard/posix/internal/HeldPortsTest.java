package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.posix.HeldSockets.HeldConnection;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.SocketSpec.Family;

@EnabledOnOs(OS.LINUX)
class HeldPortsTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final CompletionStage<?> FREE = CompletableFuture.completedFuture(Boolean.TRUE);

    private final String framework = UUID.randomUUID().toString();
    private final Bequest bequest = new Bequest(framework);
    private final AtomicBoolean hasNoHeir = new AtomicBoolean();
    private LinuxSockets sockets;
    private HeldPorts held;

    @BeforeEach
    void hold() throws PosixException {
        sockets = new LinuxSockets(Native.parts());
        held = version();
    }

    private HeldPorts version() {
        return new HeldPorts(sockets, bequest, hasNoHeir::get);
    }

    @AfterEach
    void close() {
        hasNoHeir.set(true);
        held.leave();
    }

    private static SocketSpec spec(int port, int backlog) {
        return new SocketSpec(Family.INET, true, "127.0.0.1", port, true, backlog, 0, 0);
    }

    @Test
    void onlyTheOwnerTakesASocketAndOnlyOnce() throws IOException {
        int fd = sockets.open(spec(0, 16));
        held.hold("echo/tcp", spec(0, 16), fd, FREE, LONG);

        assertThat(held.take("daytime/tcp", spec(0, 16))).isEmpty();
        assertThat(held.take("echo/tcp", spec(0, 16))).hasValueSatisfying(taken -> assertThat(taken.fd()).isEqualTo(fd));
        assertThat(held.take("echo/tcp", spec(0, 16))).isEmpty();
        sockets.close(fd);
    }

    @Test
    void aSocketThatIsWantedOtherwiseIsClosed(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("socket");
        SocketSpec before = new SocketSpec(Family.UNIX, true, path.toString(), 0, false, 16, 0, 0);
        held.hold("x/unix", before, sockets.open(before), FREE, LONG);

        assertThat(held.take("x/unix", new SocketSpec(Family.UNIX, true, path.toString(), 0, false, 32, 0, 0))).isEmpty();
        assertThat(Files.exists(path)).isFalse();
    }

    @Test
    void connectionsComeBackInTheirOrder() throws PosixException {
        int[] first = Native.pair();
        int[] second = Native.pair();
        held.holdConnection("echo/tcp", first[0], LONG);
        held.holdConnection("echo/tcp", second[0], LONG);

        assertThat(held.takeConnections("daytime/tcp")).isEmpty();
        assertThat(held.takeConnections("echo/tcp")).extracting(HeldConnection::fd).containsExactly(first[0], second[0]);
        assertThat(held.takeConnections("echo/tcp")).isEmpty();
        for (int fd : new int[] {first[0], first[1], second[0], second[1]}) {
            sockets.close(fd);
        }
    }

    @Test
    void whatNobodyTakesInTimeIsClosed() throws PosixException {
        int[] pair = Native.pair();
        held.holdConnection("echo/tcp", pair[0], Duration.ZERO);

        assertThat(Native.readAll(pair[1])).isEmpty();
        assertThat(held.takeConnections("echo/tcp")).isEmpty();
        sockets.close(pair[1]);
    }

    @Test
    void theTimeThatIsLeftCanBeShortened() throws PosixException {
        int[] pair = Native.pair();
        held.holdConnection("echo/tcp", pair[0], LONG);

        held.closeAfter(Duration.ZERO);

        assertThat(Native.readAll(pair[1])).isEmpty();
        sockets.close(pair[1]);
    }

    @Test
    void noThreadStaysForWhatWasClosedBeforeItsTime() throws Exception {
        held.hold("echo/tcp", spec(0, 16), sockets.open(spec(0, 16)), FREE, LONG);
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("switchboard-held-sockets")).toList();
        assertThat(threads).isNotEmpty();

        held.closeAfter(Duration.ZERO);

        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(30).toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void whatComesAfterAllWasLeftIsClosed() throws PosixException {
        int[] pair = Native.pair();
        held.leave();

        held.holdConnection("echo/tcp", pair[0], LONG);

        assertThat(Native.readAll(pair[1])).isEmpty();
        sockets.close(pair[1]);
    }

    @Test
    void whatIsHeldWhenTheServiceGoesForGoodIsClosed() throws PosixException {
        int[] pair = Native.pair();
        held.holdConnection("echo/tcp", pair[0], LONG);
        hasNoHeir.set(true);

        held.leave();

        assertThat(Native.readAll(pair[1])).isEmpty();
        assertThat(version().takeConnections("echo/tcp")).isEmpty();
        sockets.close(pair[1]);
    }

    @Test
    void theNextVersionGetsWhatThisOneHolds(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("a socket\twith %41 signs");
        SocketSpec spec = new SocketSpec(Family.UNIX, true, path.toString(), 0, false, 16, 0, 0);
        int port = sockets.open(spec);
        int[] pair = Native.pair();
        held.hold("x/unix", spec, port, FREE, LONG);
        held.holdConnection("x/unix", pair[0], LONG);

        held.leave();
        held = version();

        assertThat(held.take("x/unix", spec)).hasValueSatisfying(taken -> assertThat(taken.fd()).isEqualTo(port));
        assertThat(held.takeConnections("x/unix")).extracting(HeldConnection::fd).containsExactly(pair[0]);
        assertThat(Files.exists(path)).isTrue();
        List.of(port, pair[0], pair[1]).forEach(sockets::close);
    }

    @Test
    void theNextVersionHoldsItForTheTimeThatIsLeft() throws PosixException {
        int[] pair = Native.pair();
        held.holdConnection("echo/tcp", pair[0], LONG.multipliedBy(2));
        held.closeAfter(LONG);

        held.leave();

        assertThat(bequest.claim().values()).singleElement().satisfies(left -> assertThat(left).isBetween(LONG.dividedBy(2), LONG));
        List.of(pair[0], pair[1]).forEach(sockets::close);
    }

    @Test
    void whatAVersionLeftThatWroteNoTimeIsHeldToo() throws PosixException {
        int[] pair = Native.pair();
        System.setProperty("org.switchboard.posix.held." + framework, Kept.client("echo/tcp", pair[0]).toLine());

        held = version();

        assertThat(held.takeConnections("echo/tcp")).extracting(HeldConnection::fd).containsExactly(pair[0]);
        List.of(pair[0], pair[1]).forEach(sockets::close);
    }

    @Test
    void theTimeThatIsLeftIsNotMadeLonger() throws PosixException {
        int[] pair = Native.pair();
        held.holdConnection("echo/tcp", pair[0], Duration.ofMillis(1));

        held.closeAfter(LONG);

        assertThat(Native.readAll(pair[1])).isEmpty();
        sockets.close(pair[1]);
    }

    @Test
    void whatNoNextVersionComesForIsClosedAsSoonAsThatIsKnown() throws PosixException {
        int[] pair = Native.pair();
        held.holdConnection("echo/tcp", pair[0], LONG);

        held.leave();
        hasNoHeir.set(true);

        assertThat(Native.readAll(pair[1])).isEmpty();
        sockets.close(pair[1]);
    }

    @Test
    void aPortThatAProgramHasIsLeftToTheProgram(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("socket");
        SocketSpec spec = new SocketSpec(Family.UNIX, true, path.toString(), 0, false, 16, 0, 0);
        int ours = sockets.open(spec);
        int theirs = sockets.duplicate(ours);
        held.hold("x/unix", spec, ours, new CompletableFuture<>(), LONG);

        held.leave();
        held = version();

        assertThat(held.take("x/unix", spec)).isEmpty();
        assertThat(Files.exists(path)).isTrue();
        sockets.close(theirs);
    }
}
