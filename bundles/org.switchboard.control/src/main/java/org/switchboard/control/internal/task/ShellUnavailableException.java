package org.switchboard.control.internal.task;

import java.io.IOException;

/** This server cannot give anybody an interactive shell; the message says what it lacks. */
public final class ShellUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;

    public ShellUnavailableException(String message) {
        super(message);
    }
}
