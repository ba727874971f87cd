package org.switchboard.access.internal.option;

import java.util.Optional;

/**
 * What the options of a line make of its match.
 *
 * @param twist the command that serves the client, where there is one
 */
public record Outcome(Decision decision, Optional<String> twist) {

    /** Who decides. */
    public enum Decision {
        /** The file in which the line stands. */
        FILE,
        /** An option {@code allow}. */
        ALLOW,
        /** An option {@code deny}, or one that could not be done. */
        DENY,
        /** Nobody: an {@code aclexec} says that this file does not decide. */
        NOBODY
    }

    static Outcome of(Decision decision) {
        return new Outcome(decision, Optional.empty());
    }

    static Outcome twist(String command) {
        return new Outcome(Decision.FILE, Optional.of(command));
    }
}
