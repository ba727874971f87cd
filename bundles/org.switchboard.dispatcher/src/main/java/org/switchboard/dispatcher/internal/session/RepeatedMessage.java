package org.switchboard.dispatcher.internal.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Decides about a log line for something that happens again and again: the first is logged, those that follow within a
 * while are counted, and the next one says how many there were. Safe for several threads.
 */
public final class RepeatedMessage {

    private final InstantSource clock;
    private final Duration silence;
    private Instant last = Instant.MIN; // this and what follows: guarded by this
    private long unlogged;

    /** @param silence how long nothing more is logged after a line */
    public RepeatedMessage(InstantSource clock, Duration silence) {
        this.clock = clock;
        this.silence = silence;
    }

    /** The end of the line, with the number of lines that were left out before; empty to leave this one out as well. */
    public synchronized Optional<String> next() {
        Instant now = clock.instant();
        // A clock that was set back must not silence anything.
        if (last.isAfter(now.minus(silence)) && !last.isAfter(now)) {
            unlogged++;
            return Optional.empty();
        }
        String end = unlogged > 0 ? " (and " + unlogged + " more before)" : "";
        last = now;
        unlogged = 0;
        return Optional.of(end);
    }
}
