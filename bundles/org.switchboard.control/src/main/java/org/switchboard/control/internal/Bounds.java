package org.switchboard.control.internal;

import java.time.Duration;

/**
 * What clients may take.
 *
 * @param connections connections at a time, shells included
 * @param shells shells at a time
 * @param patience how long a client may take to send its request
 */
record Bounds(int connections, int shells, Duration patience) {

    static final Bounds DEFAULT = new Bounds(32, 8, Duration.ofSeconds(10));
}
