package org.switchboard.access.internal.table;

/** A file is there and cannot be read as a whole; the message says which and why. */
public final class UnreadableFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    UnreadableFileException(String path, String reason) {
        super(path + " cannot be read: " + reason);
        this.reason = "the file cannot be read: " + reason;
    }

    /** The sentence without the name of the file. */
    public String reason() {
        return reason;
    }
}
