package org.switchboard.api.config;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;

/** The merged entries of all sources, and what runs them. */
@ProviderType
public interface ServiceTable {

    /**
     * Replaces all that a source said before, in one step: opens, keeps, updates and closes listeners, and says what became
     * of each. Blocks until that is done, within bounds. Publishing an empty list withdraws the source.
     *
     * @param source the name of the source; publications of one source are serialised by the table
     */
    ReloadReport publish(String source, List<ServiceEntry> entries);

    /**
     * Replaces all that a source said before about entries that cannot run as they are written. They are listed as failed,
     * open nothing, and take no port and no id from others. They are forgotten when the source is.
     */
    void reject(String source, List<RejectedEntry> entries);

    /**
     * Replaces the findings of a source about entries that it publishes. Who looks at an entry sees those of its origin; all
     * others, and errors, have no effect. To be called before the entries are published.
     */
    default void warn(String source, List<Finding> findings) {
        // A table that shows nothing need not keep them.
    }

    /**
     * The source is going, perhaps to be replaced by a newer version of itself. What it published stays in force for
     * {@code replace.grace.seconds} of the dispatcher, or until it publishes the same services again; then what it has not
     * published again is withdrawn.
     */
    void leave(String source);
}
