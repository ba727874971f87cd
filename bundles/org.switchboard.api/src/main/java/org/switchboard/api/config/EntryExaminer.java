package org.switchboard.api.config;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;

/**
 * Says what would be wrong with entries, without doing anything with them. It is a service apart from the
 * {@link ServiceTable}, so that it is there where nothing may be listened on.
 */
@ProviderType
public interface EntryExaminer {

    /**
     * What {@link ServiceTable#publish} would find wrong with these entries: options that nobody owns, unknown service
     * names, providers and users, programs that are not there, claims on the same port. Opens no port; may block for
     * look-ups of names.
     */
    List<Finding> examine(List<ServiceEntry> entries);
}
