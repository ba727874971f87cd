package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.switchboard.posix.Lines;
import org.switchboard.posix.Lines.End;
import org.switchboard.posix.Lines.Line;
import org.switchboard.testkit.FakeLoggers;

/** Real sockets; the time passes when the test says so. */
class SocketLinesTest {

    private static final long PATIENCE_SECONDS = 60;
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private record Timer(Duration delay, Runnable action, boolean[] cancelled) {
    }

    private final List<Timer> timers = new ArrayList<>(); // guarded by itself
    private final CompletableFuture<Line> line = new CompletableFuture<>();
    private EpollReadiness readiness;
    private SocketLines lines;
    private int ours;
    private int peer;

    @BeforeEach
    void connect() throws Exception {
        readiness = new EpollReadiness(Native.parts(), new FakeLoggers().logger());
        lines = new SocketLines(Native.parts(), readiness, this::after);
        int[] pair = Native.pair();
        ours = pair[0];
        peer = pair[1];
    }

    private Runnable after(Duration delay, Runnable action) {
        Timer timer = new Timer(delay, action, new boolean[1]);
        synchronized (timers) {
            timers.add(timer);
        }
        return () -> timer.cancelled[0] = true;
    }

    private void passTime() {
        List<Timer> due;
        synchronized (timers) {
            due = List.copyOf(timers);
        }
        due.stream().filter(timer -> !timer.cancelled[0]).forEach(timer -> timer.action.run());
    }

    @AfterEach
    void close() {
        readiness.close();
        LibC.close(ours);
        LibC.close(peer);
    }

    private Lines.Pending read(int most) throws Exception {
        return lines.read(ours, most, TEN_SECONDS, line::complete);
    }

    private Line awaitLine() throws Exception {
        return line.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** What stays in the socket for the next one to read. */
    private String left() {
        LibC.shutdown(peer, 1);
        return Native.readAll(ours);
    }

    @Nested
    class ALine {

        @Test
        void endsWithCrLfAndWhatFollowsStaysInTheSocket() throws Exception {
            Native.send(peer, "finger\r\nroot\r\n");
            read(256);

            assertThat(awaitLine()).isEqualTo(new Line("finger", End.LINE));
            assertThat(left()).isEqualTo("root\r\n");
        }

        @Test
        void endsWithLfAlone() throws Exception {
            Native.send(peer, "finger\n\nroot");
            read(256);

            assertThat(awaitLine()).isEqualTo(new Line("finger", End.LINE));
            assertThat(left()).isEqualTo("\nroot");
        }

        @Test
        void endsWithNul() throws Exception {
            Native.send(peer, "finger\0root");
            read(256);

            assertThat(awaitLine()).isEqualTo(new Line("finger", End.LINE));
            assertThat(left()).isEqualTo("root");
        }

        @Test
        void endsWithACrThatSomethingElseFollows() throws Exception {
            Native.send(peer, "finger\rroot");
            read(256);

            assertThat(awaitLine()).isEqualTo(new Line("finger", End.LINE));
            assertThat(left()).isEqualTo("root");
        }

        @Test
        void mayComeBytewise() throws Exception {
            read(256);
            for (char each : "finger\r\nr".toCharArray()) {
                Native.send(peer, String.valueOf(each));
            }

            assertThat(awaitLine()).isEqualTo(new Line("finger", End.LINE));
            assertThat(left()).isEqualTo("r");
        }

        @Test
        void whoseEndIsTornTakesTheLfThatComesLater() throws Exception {
            Native.send(peer, "finger\r");
            read(256);
            awaitTaken();
            assertThat(line).isNotDone();
            Native.send(peer, "\nroot");

            assertThat(awaitLine()).isEqualTo(new Line("finger", End.LINE));
            assertThat(left()).isEqualTo("root");
        }

        @Test
        void mayHaveAsManyBytesAsItMayHave() throws Exception {
            Native.send(peer, "12345678\r\n");
            read(8);

            assertThat(awaitLine()).isEqualTo(new Line("12345678", End.LINE));
        }
    }

    /** Until the reader has taken all that was sent. */
    private void awaitTaken() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        byte[] one = new byte[1];
        while (LibC.recv(ours, one, 1, LibC.MSG_PEEK | LibC.MSG_DONTWAIT) > 0) {
            assertThat(System.nanoTime()).as("the reader takes nothing").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Nested
    class WithoutALine {

        @Test
        void theEndOfInputSaysWhatWasThere() throws Exception {
            Native.send(peer, "fing");
            LibC.shutdown(peer, 1);
            read(256);

            assertThat(awaitLine()).isEqualTo(new Line("fing", End.END_OF_INPUT));
        }

        @Test
        void moreBytesThanItMayHaveAreTooLong() throws Exception {
            Native.send(peer, "123456789\r\n");
            read(8);

            assertThat(awaitLine().end()).isEqualTo(End.TOO_LONG);
        }

        @Test
        void aSilentPeerIsWaitedForAsLongAsWasSaid() throws Exception {
            read(256);
            Native.send(peer, "fin");
            awaitTaken();
            assertThat(timers).extracting(Timer::delay).containsExactly(TEN_SECONDS);
            assertThat(line).isNotDone();
            passTime();

            assertThat(awaitLine()).isEqualTo(new Line("fin", End.TIMEOUT));
        }

        @Test
        void aCrAloneIsAnEndWhenNothingFollowsInTime() throws Exception {
            read(256);
            Native.send(peer, "finger\r");
            awaitTaken();
            passTime();

            assertThat(awaitLine()).isEqualTo(new Line("finger", End.LINE));
        }

        @Test
        void nothingIsReportedAfterCancelling() throws Exception {
            Lines.Pending pending = read(256);
            pending.cancel();
            passTime();
            Native.send(peer, "finger\r\n");

            assertThat(timers).allMatch(timer -> timer.cancelled[0]);
            assertThat(line).isNotDone();
            assertThat(pending.hasTaken()).isFalse();
            assertThat(left()).isEqualTo("finger\r\n");
        }

        @Test
        void whatWasTakenOfTheLineIsKnownAfterCancelling() throws Exception {
            Lines.Pending pending = read(256);
            Native.send(peer, "fin");
            awaitTaken();
            pending.cancel();

            assertThat(pending.hasTaken()).isTrue();
        }
    }
}
