package org.switchboard.access.internal.option;

import java.io.IOException;
import java.time.Instant;
import org.switchboard.api.entry.Identity;

/** Commands for the shell, run beside a connection and with {@code /dev/null} in its place. */
public interface Commands {

    /** Whether there is such a user, such a group, and we may become it; the message of the exception says what is wrong. */
    void check(Identity identity) throws IOException;

    /**
     * Runs a command until it ends, or until then; it goes on afterwards.
     *
     * @return its exit status; 128 and more where a signal ended it, or time was up
     */
    int run(String command, Arrangement arrangement, Instant until) throws IOException, InterruptedException;
}
