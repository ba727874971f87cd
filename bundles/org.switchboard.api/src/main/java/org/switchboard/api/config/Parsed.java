package org.switchboard.api.config;

import java.util.List;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;

/** What a file says: its good entries, in order, and what is wrong with the rest. */
public record Parsed(List<ServiceEntry> entries, List<Finding> findings) {

    public Parsed {
        entries = List.copyOf(entries);
        findings = List.copyOf(findings);
    }
}
