package org.switchboard.api.admission;

import org.osgi.annotation.versioning.ConsumerType;

/** What an admit must give back when the session is over. */
@ConsumerType
@FunctionalInterface
public interface Lease {

    /** Nothing to give back. */
    Lease NONE = () -> { };

    /** Gives back; called exactly once, on any thread, whatever became of the session. */
    void release();
}
