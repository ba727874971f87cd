package org.switchboard.deploy.internal;

/** A whole jar file does not replace its bundle, which goes on as it was. */
final class RejectedUpdateException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean waiting;

    private RejectedUpdateException(String why, boolean waiting) {
        super(why);
        this.waiting = waiting;
    }

    /** To be tried again when other bundles come. */
    static RejectedUpdateException unresolved(String why) {
        return new RejectedUpdateException(why, true);
    }

    /** To be tried again when the file changes. */
    static RejectedUpdateException failed(String why) {
        return new RejectedUpdateException(why, false);
    }

    boolean isWaiting() {
        return waiting;
    }
}
