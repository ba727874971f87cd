package org.switchboard.control.internal.task;

import java.io.IOException;
import org.switchboard.control.internal.wire.ProtocolException;
import org.switchboard.control.internal.wire.TerminalState;

/** What a connection is for: runs on a thread of its own while the connection's thread goes on reading. */
public interface Task {

    /**
     * Does it, and lets go of everything it holds.
     *
     * @return the exit code for the client
     * @throws IOException if the client cannot be reached
     */
    int run() throws IOException;

    /** Ends it early; called by another thread, perhaps after it ended. */
    void interrupt();

    /** The client typed something; empty at the end of its input. May block while the task has not read what came before. */
    default void input(byte[] bytes) throws IOException {
        throw new ProtocolException("input for a command");
    }

    /** The client's terminal changed. */
    default void resize(TerminalState terminal) {
        // A command prints for the size it was told.
    }
}
