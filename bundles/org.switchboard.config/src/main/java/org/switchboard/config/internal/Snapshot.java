package org.switchboard.config.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;

/**
 * What all files say at one time.
 *
 * @param files the entries of each file, in the order of reading
 * @param missing the dialects that files are written in and that are not there
 * @param readable false if something could not be read at all
 */
record Snapshot(Map<Path, List<ServiceEntry>> files, List<Finding> findings, List<String> missing, boolean readable) {

    static final Snapshot EMPTY = new Snapshot(Map.of(), List.of(), List.of(), true);

    Snapshot {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        findings = List.copyOf(findings);
        missing = List.copyOf(missing);
    }

    static List<ServiceEntry> both(List<ServiceEntry> first, List<ServiceEntry> second) {
        List<ServiceEntry> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    /** The entries that stand in these files, be they operands or included ones. */
    List<ServiceEntry> ofSources(Collection<String> sources) {
        return sources.isEmpty() ? List.of()
                : entries().stream().filter(entry -> sources.contains(entry.origin().source())).toList();
    }

    /** All entries, in the order of reading. */
    List<ServiceEntry> entries() {
        return files.values().stream().flatMap(List::stream).toList();
    }

    /** The same without those that a later entry of the same id replaces; a warning tells of each. */
    Snapshot withoutDuplicates() {
        Map<String, ServiceEntry> last = new LinkedHashMap<>();
        entries().forEach(entry -> last.put(entry.id(), entry));
        Map<Path, List<ServiceEntry>> kept = new LinkedHashMap<>();
        List<Finding> all = new ArrayList<>(findings);
        files.forEach((file, entries) -> {
            List<ServiceEntry> remaining = new ArrayList<>();
            for (ServiceEntry entry : entries) {
                ServiceEntry winner = last.get(entry.id());
                if (winner == entry) {
                    remaining.add(entry);
                } else {
                    all.add(Finding.warning(entry.origin(), "'" + entry.id() + "' is there again at " + winner.origin()
                            + ", and the last one counts; entry skipped"));
                }
            }
            kept.put(file, remaining);
        });
        return new Snapshot(kept, all, missing, readable);
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }
}
