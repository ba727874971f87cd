package org.switchboard.dispatcher.internal.resolve;

import java.util.Optional;
import org.switchboard.api.ports.PortClaim;
import org.switchboard.posix.SocketSpec;

/**
 * A socket that an entry wants.
 *
 * @param claim what to reserve before opening it; empty for Unix sockets, which have no port
 */
public record PlannedSocket(SocketSpec spec, Optional<PortClaim> claim) {

    /** Whether the other plan means the same kernel socket, whoever claims it and wherever that is written. */
    public boolean isSameSocket(PlannedSocket other) {
        return spec.equals(other.spec);
    }
}
