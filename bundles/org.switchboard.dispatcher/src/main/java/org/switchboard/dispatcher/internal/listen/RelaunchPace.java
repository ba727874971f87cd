package org.switchboard.dispatcher.internal.listen;

import java.time.Duration;

/**
 * How soon a socket may be handed over again. A server that ends without taking what is queued finds it there at once, and
 * would be started as fast as the machine can; one that takes what it was started for leaves a socket that is quiet for a
 * moment, or is busy with real work.
 */
final class RelaunchPace {

    private static final Duration AT_ONCE = Duration.ofMillis(5);
    private static final int FREE_RELAUNCHES = 64;
    private static final Duration FIRST_DELAY = Duration.ofMillis(10);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);
    private static final Duration FIRST_FAILURE_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_FAILURE_DELAY = Duration.ofSeconds(10);

    private int relaunches;
    private int failures;

    /** A client showed that long after watching began. */
    void readableAfter(Duration quiet) {
        relaunches = quiet.compareTo(AT_ONCE) < 0 ? relaunches + 1 : 0;
    }

    /** An instance has ended. */
    Duration afterEnd() {
        failures = 0;
        return relaunches < FREE_RELAUNCHES
                ? Duration.ZERO : doubled(FIRST_DELAY, relaunches - FREE_RELAUNCHES, LONGEST_DELAY);
    }

    /** Nobody took the socket. */
    Duration afterFailure() {
        return doubled(FIRST_FAILURE_DELAY, failures++, LONGEST_FAILURE_DELAY);
    }

    private static Duration doubled(Duration first, int times, Duration longest) {
        Duration delay = first.multipliedBy(1L << Math.min(times, 20));
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
