package org.switchboard.posix.internal;

import com.sun.jna.Native;
import org.switchboard.posix.AddressInUseException;
import org.switchboard.posix.PosixException;

/** Turns what the system said into exceptions. */
final class Errors {

    private Errors() {
    }

    /** The errno of the last call on this thread. */
    static int last() {
        return Native.getLastError();
    }

    static String text(int errno) {
        return LibC.strerror(errno);
    }

    /** What the last call on this thread failed with, as {@code step: No such file or directory}. */
    static PosixException last(String step) {
        return of(step, last());
    }

    static PosixException of(String step, int errno) {
        String message = step + ": " + text(errno);
        return errno == LibC.EADDRINUSE ? new AddressInUseException(message, errno) : new PosixException(message, errno);
    }

    /** The result of a call, if it is not negative. */
    static int check(int result, String step) throws PosixException {
        if (result < 0) {
            throw last(step);
        }
        return result;
    }
}
