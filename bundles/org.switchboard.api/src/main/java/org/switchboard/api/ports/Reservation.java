package org.switchboard.api.ports;

import org.osgi.annotation.versioning.ProviderType;

/** A name and a port that the registry holds for somebody, so that nobody else takes it. */
@ProviderType
public interface Reservation {

    PortClaim claim();

    /** Tells the registry how the port stands, for its list. The words are the caller's: {@code listening}, {@code held}. */
    void state(String state);

    /** Gives the port back. Doing so twice does nothing. */
    void release();
}
