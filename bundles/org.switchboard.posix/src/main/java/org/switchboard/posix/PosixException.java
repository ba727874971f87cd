package org.switchboard.posix;

import java.io.IOException;

/** A system call failed. */
public class PosixException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    /** @param message the step and what the system said: {@code bind 127.0.0.1:80: Permission denied} */
    public PosixException(String message, int errno) {
        super(message);
        this.errno = errno;
    }

    /** The errno of the call; 0 if no call was made. */
    public int errno() {
        return errno;
    }
}
