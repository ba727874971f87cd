package org.switchboard.posix;

/** This system, or this installation, does not have what was asked for; the message says what is missing. */
public final class PosixUnavailableException extends PosixException {

    private static final long serialVersionUID = 1L;

    public PosixUnavailableException(String message) {
        super(message, 0);
    }
}
