package org.switchboard.dispatcher.internal.service;

import java.time.Instant;
import org.osgi.service.log.Logger;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.dispatcher.internal.resolve.Multiplexed;

/**
 * How an entry stands.
 *
 * @param reason why; empty where the state says it all
 * @param resumesAt when a suspended entry opens again; {@link Instant#MAX} if somebody has to resume it
 */
public record Status(EntryState state, String reason, Instant resumesAt) {

    static final Status LISTENING = new Status(EntryState.LISTENING, "", Instant.MAX);

    /** As {@link #LISTENING}, for an entry without a port of its own. */
    static final Status THROUGH_OTHERS = of(EntryState.LISTENING, "reached through " + Multiplexed.PROVIDER);

    /** As {@link #LISTENING}, for an entry whose bundle is still to be installed. */
    static final Status NOT_INSTALLED = of(EntryState.LISTENING, "its bundle is installed with the first client");

    /** For an entry whose event loop has ended, until its ports are on another. */
    static final Status LOST = of(EntryState.WAITING, "its event loop has ended; another takes over");

    /** For an entry whose ports this dispatcher does not open any more, since it stops. */
    static final Status NEXT_DISPATCHER = of(EntryState.WAITING, "waiting for the next dispatcher");

    static Status of(EntryState state, String reason) {
        return new Status(state, reason, Instant.MAX);
    }

    /** Whether the entry is switched off. */
    public boolean isDisabled() {
        return state == EntryState.DISABLED;
    }

    /** Whether the entry should be serving and is not. */
    public boolean isTrouble() {
        return state == EntryState.FAILED || state == EntryState.HELD || state == EntryState.WAITING;
    }

    /** Logs that an entry stands like this from now on, unless it is as it should. @param reported whether trouble is told otherwise */
    void log(String id, boolean reported, Logger log) {
        if (isTrouble() && !reported) {
            log.warn("{}: {}", id, state.with(reason));
        } else if (state == EntryState.SUSPENDED) {
            log.warn("{}: suspended{}: {}", id, resumesAt.equals(Instant.MAX) ? "" : " until " + resumesAt, reason);
        }
    }
}
