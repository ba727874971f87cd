package org.switchboard.posix.internal;

import java.time.Duration;
import java.util.Arrays;

/**
 * A connection that is being closed: sends what is left of the last bytes, ends our side, and discards what the peer
 * still sends.
 */
final class LingeringConnection {

    /** A peer that ends its side when it has read the end of ours has most often done so by then. */
    static final long FIRST_LOOK_NANOS = Duration.ofMillis(10).toNanos();
    static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(500).toNanos();
    private static final int MOST_AT_A_TIME = 1 << 20;
    private static final int SMALL_BUFFER = 8192;
    private static final int MOST_READS = 16;
    private static final int SHUT_WR = 1;

    private final int fd;
    private final LingeringBounds bounds;
    private final long began;
    private byte[] rest;
    private boolean ended;
    private long pause = FIRST_LOOK_NANOS;
    private long quiet;
    private long discarded;
    private long due;

    /** @param rest what the kernel has not taken yet of the last bytes */
    LingeringConnection(int fd, byte[] rest, LingeringBounds bounds, long now) {
        this.fd = fd;
        this.rest = rest;
        this.bounds = bounds;
        this.began = now;
        this.due = now + pause;
    }

    /** Ends our side if everything was sent. @return false if that is of no use, as the peer has cut the connection */
    boolean begin() {
        return rest.length > 0 || endOurSide();
    }

    private boolean endOurSide() {
        ended = LibC.shutdown(fd, SHUT_WR) == 0;
        return ended;
    }

    /**
     * Looks once; never blocks. For one thread at a time.
     *
     * @return whether the connection is to be closed now
     */
    boolean look(long now) {
        boolean progress = false;
        if (!ended) {
            long sent = LibC.send(fd, rest, rest.length, LibC.MSG_MORE | LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL);
            if (sent < 0 && !isForNow()) {
                return true;
            }
            progress = sent > 0;
            rest = Arrays.copyOfRange(rest, (int) Math.max(0, sent), rest.length);
            if (!begin()) {
                return true;
            }
        }
        for (int reads = 0; reads < MOST_READS; reads++) {
            long count = discard();
            if (count <= 0) {
                if (count == 0 ? ended : !isForNow()) {
                    return true;
                }
                break;
            }
            discarded += count;
            progress = true;
        }
        return isOver(progress, now);
    }

    /**
     * TCP discards without a buffer when told to truncate; a Unix socket wants one if there is something. Source:
     * tcp(7).
     */
    private long discard() {
        long count = LibC.recv(fd, 0, MOST_AT_A_TIME, LibC.MSG_DONTWAIT | LibC.MSG_TRUNC);
        if (count < 0 && Errors.last() == LibC.EFAULT) {
            byte[] buffer = new byte[SMALL_BUFFER];
            count = LibC.recv(fd, buffer, buffer.length, LibC.MSG_DONTWAIT);
        }
        return count;
    }

    /**
     * Silence counts as we have waited for it, and not as the clock says: a machine that stood still has heard nobody.
     */
    private boolean isOver(boolean progress, long now) {
        quiet = progress ? 0 : quiet + pause;
        pause = progress ? SHORTEST_PAUSE_NANOS : Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        due = now + pause;
        return quiet >= bounds.quiet().toNanos() || now - began >= bounds.total().toNanos()
                || discarded > bounds.bytes();
    }

    private static boolean isForNow() {
        int errno = Errors.last();
        return errno == LibC.EAGAIN || errno == LibC.EINTR;
    }

    /** Closes without waiting any longer; what has come already makes no reset. */
    void cut() {
        discard();
        close();
    }

    void close() {
        LibC.close(fd);
    }

    /** When to look next. */
    long due() {
        return due;
    }
}
