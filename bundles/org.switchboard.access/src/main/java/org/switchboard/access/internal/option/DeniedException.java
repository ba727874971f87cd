package org.switchboard.access.internal.option;

/** An option could not be done, which denies. */
public final class DeniedException extends Exception {

    private static final long serialVersionUID = 1L;

    public DeniedException(String message) {
        super(message);
    }
}
