package org.switchboard.launcher;

/** The server cannot be started; the message says why, in one line for the operator. */
final class LaunchException extends Exception {

    private static final long serialVersionUID = 1L;

    LaunchException(String message) {
        super(message);
    }
}
