package org.switchboard.access.internal.request;

/**
 * Whether a pattern matches cannot be said: a file that it names cannot be read, or a look-up that it needs failed. The
 * message says which.
 */
public final class UndecidedException extends Exception {

    private static final long serialVersionUID = 1L;

    public UndecidedException(String message) {
        super(message);
    }
}
