package org.switchboard.dispatcher.internal.listen;

import java.time.Duration;

/**
 * How soon a socket may be handed over again. A program that ends without taking what is queued would be started as
 * fast as the machine can; it is slowed down, but not so far that the limit on its starts were never reached, which is
 * what stops it. One that takes what it was started for is not slowed down, however often it is started.
 */
final class RelaunchPace {

    /** A client that shows so soon was there before, as far as one can tell. */
    private static final Duration AT_ONCE = Duration.ofMillis(5);
    private static final int FREE_RELAUNCHES = 64;
    /** So that a thousand starts, the largest limit that a dialect has, fit into its minute. */
    private static final Duration DELAY = Duration.ofMillis(40);
    /** Past the limits of all dialects. */
    private static final int LIMITED_RELAUNCHES = 1024;
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);
    private static final Duration FIRST_FAILURE_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_FAILURE_DELAY = Duration.ofSeconds(10);

    private int relaunches;
    private int failures;
    private Duration quiet = Duration.ZERO;

    /** A client showed that long after watching began. */
    void readableAfter(Duration after) {
        quiet = after;
    }

    /** An instance has ended, and took something; or what was queued was turned away. */
    Duration afterTaking() {
        failures = 0;
        relaunches = 0;
        return Duration.ZERO;
    }

    /** An instance has ended, and what it was started for is still there. */
    Duration afterTakingNothing() {
        failures = 0;
        relaunches++;
        return delay();
    }

    /** An instance has ended, and whether it took something is not known. */
    Duration afterEnd() {
        failures = 0;
        relaunches = quiet.compareTo(AT_ONCE) < 0 ? relaunches + 1 : 0;
        return delay();
    }

    private Duration delay() {
        if (relaunches < FREE_RELAUNCHES) {
            return Duration.ZERO;
        }
        return doubled(DELAY, Math.max(0, relaunches - LIMITED_RELAUNCHES), LONGEST_DELAY);
    }

    /** No instance could take the socket. */
    Duration afterFailure() {
        return doubled(FIRST_FAILURE_DELAY, failures++, LONGEST_FAILURE_DELAY);
    }

    private static Duration doubled(Duration first, int times, Duration longest) {
        Duration delay = first.multipliedBy(1L << Math.min(times, 20));
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
