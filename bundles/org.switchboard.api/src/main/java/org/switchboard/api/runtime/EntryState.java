package org.switchboard.api.runtime;

/** How an entry stands. All but {@link #LISTENING} and {@link #RUNNING} come with a reason. */
public enum EntryState {
    /** Its port is open, or that of the entry through which it is reached, and nobody is being served. */
    LISTENING("idle"),
    /** Its port is open and sessions are running; with {@code wait}, the program has the socket. */
    RUNNING("running"),
    /** No provider of that name is there; an open port stays open and clients wait in the kernel's queue, within bounds. */
    WAITING("waiting"),
    /** Another process holds the port; tried again from time to time. */
    HELD("held"),
    /** Closed until a time, or until somebody resumes it. */
    SUSPENDED("suspended"),
    /** It cannot run as it is written or as the system is; tried again from time to time. */
    FAILED("failed"),
    /** Switched off where it is defined; what others say about the same id does not count either. */
    DISABLED("disabled");

    private final String text;

    EntryState(String text) {
        this.text = text;
    }

    /** The state and the reason for it as one phrase; the reason alone where it begins with the state. */
    public String with(String reason) {
        if (reason.isEmpty()) {
            return text;
        }
        return reason.startsWith(text) ? reason : text + ": " + reason;
    }

    /** The word for lists and logs. */
    @Override
    public String toString() {
        return text;
    }
}
