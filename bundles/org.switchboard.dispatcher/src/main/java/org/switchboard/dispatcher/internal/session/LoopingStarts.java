package org.switchboard.dispatcher.internal.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.switchboard.api.admission.Verdict;

/**
 * Stops a program that is started for what waits on a socket, and ends without taking it: it would be started again for
 * the same client without end. The first such start is logged, all are counted, and after so many in a row the entry is
 * suspended for ten minutes. A start that takes something begins a new row. Safe for several threads.
 *
 * <p>Source: inetd(8), all: "server failing (looping), service terminated".
 */
public final class LoopingStarts {

    /**
     * How often in a row a program may fail to start; each try is later than the one before, so this takes two minutes.
     */
    static final int MOST_FAILED = 16;

    private static final Duration SUSPENSION = Duration.ofMinutes(10);

    private final int limit;
    private final InstantSource clock;
    private final Consumer<String> warning;
    private final RepeatedMessage message;
    private final LongAdder tookNothing = new LongAdder();
    private final Map<String, Row> rows = new HashMap<>(); // by socket; guarded by this

    /** What happened in a row on one socket. */
    private static final class Row {
        private int untaken;
        private int failed;
    }

    /**
     * @param limit how many starts in a row may take nothing; 0 for any number
     * @param warning logs a sentence about the entry
     */
    public LoopingStarts(int limit, InstantSource clock, Consumer<String> warning) {
        this.limit = limit;
        this.clock = clock;
        this.warning = warning;
        this.message = new RepeatedMessage(clock, SUSPENSION);
    }

    /** The program that had the socket has taken something. */
    public synchronized void tookSomething(String socket) {
        rows.remove(socket);
    }

    /**
     * The program that had the socket has ended, and everything that waited is still there.
     *
     * @return the verdict if this was one too many
     */
    public Optional<Verdict.Suspend> tookNothing(String socket) {
        tookNothing.increment();
        int inRow = row(socket, true).untaken;
        if (inRow == 1) {
            String stop = limit > 0 ? ", until the limit of the entry or " + limit
                    + " such starts in a row suspend it" : "";
            message.next().ifPresent(end -> warning.accept("its program ends without taking what waits on " + socket
                    + "; started again" + stop + end));
        }
        return limit > 0 && inRow >= limit
                ? suspend(socket, "its program ended " + inRow + " times in a row without taking what waits")
                : Optional.empty();
    }

    /**
     * The program for the socket could not be started.
     *
     * @return the verdict if this was one too many
     */
    public Optional<Verdict.Suspend> notStarted(String socket) {
        int inRow = row(socket, false).failed;
        return inRow >= MOST_FAILED
                ? suspend(socket, "its program could not be started " + inRow + " times in a row") : Optional.empty();
    }

    private synchronized Row row(String socket, boolean started) {
        Row row = rows.computeIfAbsent(socket, key -> new Row());
        row.untaken += started ? 1 : 0;
        row.failed = started ? 0 : row.failed + 1;
        return row;
    }

    private synchronized Optional<Verdict.Suspend> suspend(String socket, String reason) {
        rows.remove(socket);
        Instant until = clock.instant().plus(SUSPENSION);
        return Optional.of(new Verdict.Suspend(until, reason));
    }

    /** How many starts have taken nothing so far. */
    public long count() {
        return tookNothing.sum();
    }
}
