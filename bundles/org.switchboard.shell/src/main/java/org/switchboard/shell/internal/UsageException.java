package org.switchboard.shell.internal;

/** The command was called with words it does not take; the message says which, and what it takes. */
public final class UsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    /** The message alone, since consoles print this. */
    @Override
    public String toString() {
        return getMessage();
    }
}
