package org.switchboard.api.provider;

import java.util.Objects;

/**
 * How an {@link Instance} ended.
 *
 * @param started false if it never ran, because starting it failed
 * @param outcome one word for the log: {@code ok}, {@code exit=3}, {@code signal=9}, {@code unknown}; or, when it did not
 *     start, the sentence that says why
 * @param detail further {@code key=value} words for the log, such as {@code cpu=0.01 peak=1.2M}; may be empty
 */
public record Ending(boolean started, String outcome, String detail) {

    public Ending {
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(detail);
    }

    /** It ran, and ended like this. */
    public static Ending of(String outcome, String detail) {
        return new Ending(true, outcome, detail);
    }

    /** It never ran, for this reason. */
    public static Ending notStarted(String reason) {
        return new Ending(false, reason, "");
    }
}
