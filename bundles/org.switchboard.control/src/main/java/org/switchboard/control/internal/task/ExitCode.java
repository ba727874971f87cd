package org.switchboard.control.internal.task;

/** The exit codes of the protocol; a command may bring one of its own. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    /** Source: sysexits.h, EX_USAGE. */
    public static final int USAGE = 64;
    /** As a shell says that SIGINT ended a program. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {
    }
}
