package org.switchboard.dispatcher.internal.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.dispatcher.internal.resolve.ResolvedEntry;

/**
 * What all sources say, merged by id. Bundles come last, so that a file or a configuration overrides what a bundle brings;
 * among the others the one that published first wins. Within one source the last line of an id wins.
 */
final class MergedTable {

    /** Sources that begin with this are bundles. */
    static final String BUNDLE_PREFIX = "bundle:";

    private final Map<String, List<ResolvedEntry>> sources = new LinkedHashMap<>();

    /** Replaces what a source says; an empty list withdraws it. @return what it says twice */
    List<Finding> put(String source, List<ResolvedEntry> entries) {
        List<Finding> findings = new ArrayList<>();
        Map<String, ResolvedEntry> byId = new LinkedHashMap<>();
        for (ResolvedEntry entry : entries) {
            ResolvedEntry earlier = byId.remove(entry.entry().id());
            if (earlier != null) {
                findings.add(Finding.warning(entry.entry().origin(), "'" + entry.entry().id() + "' was defined before at "
                        + earlier.entry().origin() + "; this definition is used"));
            }
            byId.put(entry.entry().id(), entry);
        }
        if (entries.isEmpty()) {
            sources.remove(source);
        } else {
            sources.put(source, List.copyOf(byId.values()));
        }
        return findings;
    }

    /** The entries that count, by id, in the order of the sources; with notes on those that they override. */
    Map<String, ResolvedEntry> merged() {
        Map<String, ResolvedEntry> merged = new LinkedHashMap<>();
        addAll(merged, false);
        addAll(merged, true);
        return merged;
    }

    private void addAll(Map<String, ResolvedEntry> merged, boolean bundles) {
        sources.forEach((source, entries) -> {
            if (source.startsWith(BUNDLE_PREFIX) == bundles) {
                entries.forEach(entry -> merged.merge(entry.entry().id(), entry, MergedTable::overriding));
            }
        });
    }

    private static ResolvedEntry overriding(ResolvedEntry winner, ResolvedEntry loser) {
        ServiceEntry lost = loser.entry();
        List<String> notes = new ArrayList<>(winner.notes());
        notes.add("overrides '" + lost.id() + "' of " + lost.origin());
        return new ResolvedEntry(winner.entry(), winner.port(), winner.sockets(), notes, winner.failure());
    }
}
