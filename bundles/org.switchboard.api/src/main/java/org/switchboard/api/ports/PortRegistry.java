package org.switchboard.api.ports;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.entry.Protocol.Transport;

/**
 * Names and numbers of ports, who reserved which, and who holds one in the kernel. Names come from services(5) (aliases
 * too) and from reservations of ports that have no name there. Safe for use by several threads.
 */
@ProviderType
public interface PortRegistry {

    /** The port of a name or alias, exact case, first match. Source: getservbyname(3). */
    OptionalInt port(String name, Transport transport);

    /** The official name of a port. Source: getservbyport(3). */
    Optional<String> name(int port, Transport transport);

    /** The official name for a name or alias. */
    Optional<String> canonicalName(String nameOrAlias, Transport transport);

    /**
     * Reserves a port.
     *
     * @throws PortClaimedException if it overlaps a reservation that another owner holds: same transport and port, and the
     *     same or an all-embracing address of the same IP version
     */
    Reservation reserve(PortClaim claim) throws PortClaimedException;

    /** All reservations, by port. */
    List<PortStatus> reservations();

    /** The process that has this port open now, as /proc tells; empty if nobody does or the system does not say. */
    Optional<PortHolder> holder(PortClaim claim);
}
