package org.switchboard.launcher;

/** The server cannot be started; the message says why, in one line for the operator. */
class LaunchException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int FAILED = 1;

    private final int status;

    LaunchException(String message) {
        this(message, FAILED);
    }

    /** @param status the exit status for it */
    LaunchException(String message, int status) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
