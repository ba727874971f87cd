package org.switchboard.dispatcher.internal.table;

import java.util.List;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;

/** What sources have found about entries that run nevertheless. Any thread. */
public final class EntryWarnings extends SourceMemory<Finding> {

    /** Errors are about what does not run, and not kept. */
    @Override
    void put(String source, List<Finding> findings) {
        super.put(source, findings.stream().filter(finding -> finding.severity() == Finding.Severity.WARNING).toList());
    }

    /** The sentences about what stands there. */
    public List<String> of(Origin origin) {
        return all().filter(finding -> finding.origin().equals(origin)).map(Finding::message).distinct().toList();
    }
}
