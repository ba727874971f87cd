package org.switchboard.shell.internal.verbs;

/** A value that is printed in any case, and that says how far the command got. */
public interface WithExit {

    /** The exit code of the command. */
    int exit();

    /** What is wrong, in one line without a newline, where the exit code is not 0. */
    String complaint();
}
