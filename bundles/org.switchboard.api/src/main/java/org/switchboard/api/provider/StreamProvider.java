package org.switchboard.api.provider;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** Serves connections with blocking reads and writes, each on a thread of its own (a virtual one where the JVM has them). */
@ConsumerType
public interface StreamProvider extends Provider {

    /**
     * Serves one session until it is over; called concurrently for several sessions. Returning ends the session and closes
     * the connection.
     *
     * @throws IOException ends the session; a connection that the peer cut is not an error of the provider
     * @throws InterruptedException when the session is being ended
     */
    void serve(StreamSession session) throws IOException, InterruptedException;
}
