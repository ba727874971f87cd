package org.switchboard.access.internal.request;

import java.time.Duration;
import java.util.Optional;

/** Says whose a connection is. */
public interface UserNames {

    /** How long a host may take to say it, unless the files say otherwise. Source: hosts_options(5), rfc931. */
    Duration PATIENCE = Duration.ofSeconds(10);

    /** The user; empty if the client's host does not say in time. Blocks for that long at most. */
    Optional<String> user(Party client, Party server, Duration patience);
}
