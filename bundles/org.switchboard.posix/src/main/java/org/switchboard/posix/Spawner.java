package org.switchboard.posix;

import java.io.IOException;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Starts programs on sockets, through a small resident process that forks, prepares, executes and reaps. Safe for several
 * threads. Starting never waits for the program.
 */
@ProviderType
public interface Spawner {

    /** In the place of a socket: the program finds {@code /dev/null} on descriptors 0, 1 and 2. */
    int NO_SOCKET = -1;

    /**
     * Starts a program with the socket, in blocking mode, on descriptors 0, 1 and 2 and nothing on any other: own session,
     * default signals, original limits, right user, and root gone if the account is not root. The descriptor may be closed
     * as soon as this returns.
     *
     * @param socket a descriptor, or {@link #NO_SOCKET}
     * @return the program; a failure to prepare or execute it is its {@link Exit}
     * @throws PosixUnavailableException if programs cannot be started here at all
     */
    Program start(Launch launch, int socket) throws IOException;

    /** Why programs cannot be started here; empty when they can. May start the resident process to find out. */
    Optional<String> obstacle();
}
