package org.switchboard.dispatcher.internal.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.switchboard.api.admission.Verdict;
import org.switchboard.dispatcher.internal.session.Conduct;

/**
 * Closes an entry for a while when its provider fails again and again: a second at first, and twice as long each time it
 * fails at once after that. One session that ends well makes all of it forgotten.
 */
final class FaultBrake implements Conduct {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final int limit;
    private final InstantSource clock;
    private final Consumer<Verdict.Suspend> suspend;

    /** Written under the lock of this; read without it, as every session asks. */
    private volatile int inRow;
    private Instant pausedUntil = Instant.MIN; // guarded by this

    /**
     * @param limit how many faults in a row are borne; 0 for any number
     * @param suspend closes the entry
     */
    FaultBrake(int limit, InstantSource clock, Consumer<Verdict.Suspend> suspend) {
        this.limit = limit;
        this.clock = clock;
        this.suspend = suspend;
    }

    @Override
    public void good() {
        if (inRow != 0) {
            synchronized (this) {
                inRow = 0;
            }
        }
    }

    /** Those that fail while the entry is closed began before, and say nothing new. */
    @Override
    public void fault(String what) {
        Verdict.Suspend verdict;
        synchronized (this) {
            Instant now = clock.instant();
            if (limit == 0 || now.isBefore(pausedUntil)) {
                return;
            }
            inRow++;
            if (inRow < limit) {
                return;
            }
            pausedUntil = now.plus(pause(inRow - limit));
            verdict = new Verdict.Suspend(pausedUntil, "failed " + inRow + " times in a row; " + what);
        }
        suspend.accept(verdict);
    }

    private static Duration pause(int doublings) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(doublings, Long.SIZE / 4));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
