package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.SocketSpec.Family;

/** Real connections between this process and itself; the peer behaves in every way that peers do. */
@EnabledOnOs(OS.LINUX)
class LingeringCloseTest {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final Duration LONG = Duration.ofMillis(PATIENCE_MILLIS);
    private static final byte[] ANSWER = "Sun Nov 22 20:51:33 2026\r\n".getBytes(StandardCharsets.US_ASCII);
    /** More than the buffers of both ends hold, and less than is discarded. */
    private static final int MUCH = 12 << 20;

    private LinuxSockets sockets;
    private LingeringClose closing = closing(LONG, LONG, 16 << 20, 100);
    private int listener;
    private Socket peer;
    private int ours;

    private static LingeringClose closing(Duration quiet, Duration total, long bytes, int connections) {
        return new LingeringClose(Optional.of(new LingeringBounds(quiet, total, bytes, connections)));
    }

    @BeforeEach
    void listen() throws IOException {
        sockets = new LinuxSockets(Native.parts());
        listener = sockets.open(new SocketSpec(Family.INET, true, "127.0.0.1", 0, true, 16, 0, 0));
        sockets.setBlocking(listener, true);
        peer = connect();
        ours = accept();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(sockets.localAddress(listener));
        return socket;
    }

    private int accept() {
        byte[] address = new byte[SocketAddresses.CAPACITY];
        return LibC.accept4(listener, address, new int[] {address.length}, LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK);
    }

    @AfterEach
    void close() throws IOException {
        closing.close();
        sockets.endLingering();
        sockets.close(listener);
        peer.close();
    }

    private static void say(Socket peer, int bytes) throws IOException {
        peer.getOutputStream().write(new byte[bytes]);
    }

    private void answerAndEnd() throws IOException {
        assertThat(LibC.send(ours, ANSWER, ANSWER.length, LibC.MSG_MORE)).isEqualTo(ANSWER.length);
        closing.add(ours, new byte[0]);
    }

    /** The whole answer and the end: a reset would be an exception. */
    private void assertAnswered() throws IOException {
        assertThat(peer.getInputStream().readAllBytes()).isEqualTo(ANSWER);
    }

    private void awaitClosed() {
        long end = System.nanoTime() + LONG.toNanos();
        while (closing.size() > 0 && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertThat(closing.size()).isZero();
    }

    /** The next thing sent is answered with a reset: nobody has the other end any more. */
    private static void assertIsCut(Socket peer) {
        assertThatThrownBy(() -> {
            for (long end = System.nanoTime() + LONG.toNanos(); System.nanoTime() - end < 0;) {
                say(peer, 1);
            }
        }).isInstanceOf(SocketException.class);
    }

    @Nested
    class TheAnswerReachesAPeerThat {

        @RepeatedTest(20)
        void sendsFirst() throws Exception {
            say(peer, 100);
            answerAndEnd();

            assertAnswered();
        }

        @Test
        void sendsNothingAndCloses() throws Exception {
            answerAndEnd();

            assertAnswered();
            peer.close();
            awaitClosed();
        }

        @Test
        void sendsLateAndAgain() throws Exception {
            answerAndEnd();
            for (int i = 0; i < 10; i++) {
                say(peer, 100);
            }

            assertAnswered();
        }

        @Test
        void sendsAfterItHasReadTheAnswer() throws Exception {
            answerAndEnd();
            assertAnswered();

            say(peer, 100);
            say(peer, 100);
        }

        @Test
        void sendsMoreThanTheBuffersHold() throws Exception {
            answerAndEnd();
            say(peer, MUCH);

            assertAnswered();
        }

        @Test
        void hasEndedItsSide() throws Exception {
            say(peer, 100);
            peer.shutdownOutput();
            answerAndEnd();

            assertAnswered();
            awaitClosed();
        }

        @Test
        void readsSlowlyWhatTheKernelDidNotTakeAtOnce() throws Exception {
            byte[] much = new byte[MUCH];
            say(peer, 100);
            assertThat(sockets.sendLast(ours, much)).isLessThan(MUCH);

            InputStream input = peer.getInputStream();
            int read = 0;
            for (int count = input.read(much, 0, 1000); count > 0; count = input.read(much, 0, 1 << 16)) {
                read += count;
            }
            assertThat(read).isEqualTo(MUCH);
        }

        @Test
        void hasAUnixSocketAndSendsFirst() throws Exception {
            int[] pair = Native.pair();
            Native.send(pair[1], "what nobody reads");
            sockets.sendLast(pair[0], ANSWER);

            assertThat(Native.readAll(pair[1]).getBytes(StandardCharsets.US_ASCII)).isEqualTo(ANSWER);
            assertThat(LibC.recv(pair[1], new byte[1], 1, 0)).as("an end, not a reset").isZero();
            LibC.close(pair[1]);
        }
    }

    @Nested
    class TheConnectionIsClosedWhenThePeer {

        @Test
        void hasCutIt() throws Exception {
            answerAndEnd();
            peer.setSoLinger(true, 0);
            peer.close();

            awaitClosed();
        }

        @Test
        void wasCutBefore() throws Exception {
            peer.setSoLinger(true, 0);
            peer.close();
            while (LibC.recv(ours, new byte[1], 1, LibC.MSG_DONTWAIT) < 0 && Errors.last() == LibC.EAGAIN) {
                Thread.onSpinWait();
            }
            closing.add(ours, new byte[0]);

            assertThat(closing.size()).isZero();
        }

        @Test
        void isSilentForTooLong() throws Exception {
            closing = closing(Duration.ofMillis(50), LONG, 1 << 20, 100);
            answerAndEnd();

            awaitClosed();
            assertAnswered();
            assertIsCut(peer);
        }

        @Test
        void sendsForTooLong() throws Exception {
            closing = closing(LONG, Duration.ofMillis(50), Long.MAX_VALUE, 100);
            answerAndEnd();

            assertIsCut(peer);
        }

        @Test
        void sendsTooMuch() throws Exception {
            closing = closing(LONG, LONG, 1 << 20, 100);
            answerAndEnd();

            assertIsCut(peer);
        }

        @Test
        void takesNothingOfWhatIsLeftToSend() throws Exception {
            closing = closing(Duration.ofMillis(50), LONG, 1 << 20, 100);
            closing.add(ours, new byte[MUCH]);

            awaitClosed();
        }
    }

    @Test
    void underLoadEachLooksAtOneThatCameEarlier() throws Exception {
        int before = Native.openDescriptors();
        for (int i = 0; i < 1000; i++) {
            answerAndEnd();
            assertAnswered();
            peer.close();
            peer = connect();
            ours = accept();
        }

        assertThat(Native.openDescriptors() - before).isLessThan(200);
        awaitClosed();
    }

    @Test
    void oneMoreThanMayBeClosingCutsTheOneThatWasSilentForTheLongestTime() throws Exception {
        closing = closing(LONG, LONG, 1 << 20, 2);
        try (Socket oldest = peer; Socket second = connect()) {
            answerAndEnd();
            ours = accept();
            answerAndEnd();
            peer = connect();
            ours = accept();
            answerAndEnd();

            long end = System.nanoTime() + LONG.toNanos();
            while (closing.size() > 2 && System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            assertThat(closing.size()).isEqualTo(2);
            assertAnswered();
            assertThat(oldest.getInputStream().readAllBytes()).isEqualTo(ANSWER);
            assertThat(second.getInputStream().readAllBytes()).isEqualTo(ANSWER);
        }
    }

    @Test
    void whenItIsClosedNothingStaysOpen() throws Exception {
        answerAndEnd();
        closing.close();

        assertThat(closing.size()).isZero();
        assertAnswered();
        assertIsCut(peer);

        peer.close();
        peer = connect();
        ours = accept();
        answerAndEnd();
        assertThat(closing.size()).isZero();
        assertIsCut(peer);
    }

    @Test
    void whoIsTurnedAwayGetsAnEnd() throws Exception {
        sockets.close(ours);
        peer.close();
        peer = connect();
        say(peer, 100);
        sockets.turnAway(listener);

        assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void closingConnectionsTakeAPartOfTheDescriptorsOnly() {
        assertThat(LingeringBounds.standard().connections()).isBetween(1, 2048);
    }
}
