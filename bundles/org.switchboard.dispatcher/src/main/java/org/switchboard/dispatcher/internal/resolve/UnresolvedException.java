package org.switchboard.dispatcher.internal.resolve;

/** An entry cannot be resolved; the message says why, to the operator. */
final class UnresolvedException extends Exception {

    private static final long serialVersionUID = 1L;

    UnresolvedException(String message) {
        super(message);
    }
}
