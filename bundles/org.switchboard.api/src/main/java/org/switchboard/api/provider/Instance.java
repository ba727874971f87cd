package org.switchboard.api.provider;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** One run of a {@link DescriptorProvider}. */
@ConsumerType
public interface Instance {

    /** What to look for in the system, for example {@code pid=4711}; asked whenever somebody looks, on any thread. */
    String description();

    /** Completes, never exceptionally, when the instance has ended and holds the socket no longer. Any thread. */
    CompletionStage<Ending> ended();

    /** Asks the instance to end, as SIGTERM does. Does not wait. */
    void end();

    /**
     * Ends an instance that {@link #end()} did not end, as SIGKILL does. Does not wait. An instance that has nothing
     * stronger is asked once more.
     */
    default void kill() {
        end();
    }
}
