package org.switchboard.shell.internal.verbs;

/** The command was used rightly and could not be done; the message is the one line that says why. */
public final class CommandFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message);
    }

    /** The message alone, since consoles print this. */
    @Override
    public String toString() {
        return getMessage();
    }
}
