package org.switchboard.posix.internal;

import java.util.Optional;

/** Throws away what a peer still sends after the last answer, until it has closed its side or has sent too much. */
final class Farewell {

    private static final int MOST = 64 * 1024;

    private final int fd;
    private final Runnable whenOver;
    private final byte[] buffer = new byte[4096];
    private int thrownAway;

    Farewell(int fd, Runnable whenOver) {
        this.fd = fd;
        this.whenOver = whenOver;
    }

    /** Looks once; never blocks. */
    Optional<Runnable> readable() {
        int count = (int) LibC.recv(fd, buffer, buffer.length, LibC.MSG_DONTWAIT);
        boolean nothing = count < 0 && (Errors.last() == LibC.EAGAIN || Errors.last() == LibC.EINTR);
        thrownAway += Math.max(0, count);
        return nothing || count > 0 && thrownAway < MOST ? Optional.empty() : Optional.of(whenOver);
    }

    void timeOut() {
        whenOver.run();
    }
}
