package org.switchboard.access.internal.table;

import java.util.Optional;
import org.switchboard.access.internal.request.Request;
import org.switchboard.access.internal.request.UndecidedException;

/** One line of a file, or several in a row. */
interface Rule {

    /** The first line that matches. */
    Optional<HostsLine> find(Request request) throws InterruptedException, UndecidedException;

    /** The line of which {@link #find} could not say whether it matches. */
    HostsLine undecided(Request request);
}
