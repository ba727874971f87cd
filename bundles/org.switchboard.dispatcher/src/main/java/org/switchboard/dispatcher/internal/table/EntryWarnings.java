package org.switchboard.dispatcher.internal.table;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;

/** What sources have found about entries that run nevertheless. Any thread. */
public final class EntryWarnings {

    private final Map<String, List<Finding>> sources = new ConcurrentHashMap<>();
    /** Sources that went and are not back; guarded by this. */
    private final Set<String> left = new HashSet<>();

    /** Replaces what a source found before. */
    synchronized void put(String source, List<Finding> findings) {
        left.remove(source);
        sources.put(source, findings.stream().filter(finding -> finding.severity() == Finding.Severity.WARNING).toList());
    }

    /** The source goes; what it found stays until it says it again, or until it is forgotten. */
    synchronized void leave(String source) {
        left.add(source);
    }

    /** Forgets what a source found before it went, unless it is back. */
    synchronized void forget(String source) {
        if (left.remove(source)) {
            sources.remove(source);
        }
    }

    /** The sentences about what stands there. */
    public List<String> of(Origin origin) {
        return sources.values().stream().flatMap(List::stream).filter(finding -> finding.origin().equals(origin))
                .map(Finding::message).distinct().toList();
    }
}
