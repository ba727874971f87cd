package org.switchboard.control.internal.shell;

/** Somebody typed {@code exit}. */
final class LeaveException extends Exception {

    private static final long serialVersionUID = 1L;
}
