package org.switchboard.posix.internal;

import java.time.Duration;

/** Does something later. */
@FunctionalInterface
interface Timers {

    /** @return what keeps it from being done, if it is not done yet; does not wait for it */
    Runnable after(Duration delay, Runnable action);
}
