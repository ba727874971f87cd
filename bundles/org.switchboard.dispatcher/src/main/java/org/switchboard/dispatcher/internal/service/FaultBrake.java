package org.switchboard.dispatcher.internal.service;

import java.time.Duration;
import java.time.InstantSource;
import org.switchboard.api.admission.Verdict;
import org.switchboard.dispatcher.internal.admit.AdmissionPeriod;
import org.switchboard.dispatcher.internal.session.Conduct;

/**
 * Suspends an entry when the version of the provider that serves it fails again and again: a second at first, and twice as long
 * each time it fails at once after that. One session that ends well makes all of it forgotten. Another version of the entry or of
 * the provider has a brake of its own.
 */
final class FaultBrake {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final int limit;
    private final InstantSource clock;

    /** Written under the lock of this; read without it, as every session asks. */
    private volatile int inRow;

    /** @param limit how many faults in a row are borne; 0 for any number */
    FaultBrake(int limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** Counts what happens while that period lasts. Ignores sessions that fail after its end: they began before. */
    Conduct during(AdmissionPeriod period) {
        return new Conduct() {
            @Override
            public void good() {
                forget(period);
            }

            @Override
            public void fault(String what) {
                count(period, what);
            }
        };
    }

    private void forget(AdmissionPeriod period) {
        if (inRow != 0) {
            synchronized (this) {
                inRow = period.isOpen() ? 0 : inRow;
            }
        }
    }

    private synchronized void count(AdmissionPeriod period, String what) {
        if (limit == 0 || !period.isOpen()) {
            return;
        }
        inRow++;
        if (inRow >= limit) {
            period.suspend(new Verdict.Suspend(clock.instant().plus(pause(inRow - limit)),
                    "failed " + inRow + " times in a row; " + what));
        }
    }

    private static Duration pause(int doublings) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(doublings, Long.SIZE / 4));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
