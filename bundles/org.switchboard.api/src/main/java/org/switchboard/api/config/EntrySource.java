package org.switchboard.api.config;

import org.osgi.annotation.versioning.ConsumerType;

/** A place that entries come from and that can be read again on demand. */
@ConsumerType
public interface EntrySource {

    /** The name under which it publishes, for reports. */
    String name();

    /** Reads everything again and publishes it. What cannot be read keeps its previous entries, and is a finding. */
    ReloadReport reload();
}
