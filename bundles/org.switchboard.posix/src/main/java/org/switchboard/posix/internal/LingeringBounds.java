package org.switchboard.posix.internal;

import java.time.Duration;

/**
 * How long a connection may take to close.
 *
 * @param quiet since the peer was last heard
 * @param total since our side was done
 * @param bytes how many may be discarded: more than the buffers of both kernels hold, so that a peer that sends first
 *        comes to read
 * @param connections how many may be closing at a time; one more, and the oldest is closed as it is
 */
record LingeringBounds(Duration quiet, Duration total, long bytes, int connections) {

    private static final int MOST = 2048;
    /** The part of the descriptors that closing connections may take from those who come. */
    private static final int PART = 8;
    private static final int RLIMIT_NOFILE = 7;

    /** Those of the server. */
    static LingeringBounds standard() {
        long[] limits = {0, 0};
        boolean known = LibC.getrlimit(RLIMIT_NOFILE, limits) == 0;
        // An infinite limit is the largest unsigned number.
        long descriptors = known && limits[0] >= 0 ? limits[0] / PART : MOST;
        return new LingeringBounds(Duration.ofSeconds(5), Duration.ofSeconds(30), 16L << 20,
                (int) Math.max(1, Math.min(MOST, descriptors)));
    }
}
