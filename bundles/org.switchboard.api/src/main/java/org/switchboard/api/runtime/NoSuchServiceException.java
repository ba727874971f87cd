package org.switchboard.api.runtime;

/** No entry, or no session, is meant by what was asked for, or more than one is; the message says which. */
public final class NoSuchServiceException extends Exception {

    private static final long serialVersionUID = 1L;

    public NoSuchServiceException(String message) {
        super(message);
    }
}
