package org.switchboard.config.internal.pid;

import java.util.Optional;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.config.RejectedEntry;

/** What one configuration says: its entries and findings; with an error no entries, and what can be shown in their place. */
record Reading(Parsed parsed, Optional<RejectedEntry> rejected) {
}
