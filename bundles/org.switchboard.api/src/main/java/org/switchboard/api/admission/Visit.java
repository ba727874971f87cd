package org.switchboard.api.admission;

import java.io.IOException;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.entry.ServiceEntry;

/**
 * An arrival that a {@link SessionRule} judges, with what it may do about the connection meanwhile. For the thread that judges
 * only.
 */
@ProviderType
public interface Visit extends Arrival {

    /** When a verdict has to be there. */
    Instant deadline();

    /**
     * Sends to the client before anybody serves it, or before it is refused. Blocks while the client does not take it, until
     * the deadline; to a datagram nothing is sent.
     *
     * @throws IOException if the client is gone, or did not take everything in time
     */
    void send(byte[] bytes) throws IOException;

    /** Probes the connection while it is idle (SO_KEEPALIVE); nothing for datagrams. */
    void keepAlive();

    /** How long closing the connection waits for what was not sent yet (SO_LINGER); nothing for datagrams. */
    void linger(int seconds);

    /**
     * If the visit is admitted, it is served as this entry says: another provider, program, user, or other options. The
     * entry's id, limits and counters stay those of {@link #entry()}. Datagrams to a provider inside the server are served by
     * that provider in any case.
     */
    void serveAs(ServiceEntry entry);
}
