package org.switchboard.dispatcher.internal.service;

import java.io.IOException;
import java.util.Optional;
import org.switchboard.dispatcher.internal.listen.OpenSocket;

/**
 * Whether this dispatcher still opens ports. It closes before the ports are closed or left to the next dispatcher, so that
 * none is opened that nobody would close any more. Safe for several threads.
 */
public final class OpeningGate {

    private boolean closed; // guarded by this

    /** What opens a socket. */
    interface Opening {
        OpenSocket open() throws IOException;
    }

    /**
     * Opens a socket, while {@link #close} waits.
     *
     * @return empty if nothing is opened any more
     */
    synchronized Optional<OpenSocket> open(Opening opening) throws IOException {
        return closed ? Optional.empty() : Optional.of(opening.open());
    }

    /** From the end of this on nothing is opened. */
    public synchronized void close() {
        closed = true;
    }
}
