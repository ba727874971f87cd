package org.switchboard.config.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;

/**
 * What all files say at one time.
 *
 * @param files the entries of each file, in the order of reading
 * @param includes what each file includes, by the names that origins have
 * @param missing the dialects that files are written in and that are not there
 * @param readable false if something could not be read at all
 */
record Snapshot(Map<Path, List<ServiceEntry>> files, Map<String, Set<String>> includes, List<Finding> findings,
        List<String> missing, boolean readable) {

    static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of(), List.of(), List.of(), true);

    Snapshot {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        includes = Map.copyOf(includes);
        findings = List.copyOf(findings);
        missing = List.copyOf(missing);
    }

    static List<ServiceEntry> both(List<ServiceEntry> first, List<ServiceEntry> second) {
        List<ServiceEntry> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    /** The entries that stand in these included files, and in those that they included. */
    List<ServiceEntry> below(Collection<String> sources) {
        if (sources.isEmpty()) {
            return List.of();
        }
        Set<String> all = new LinkedHashSet<>(sources);
        for (List<String> next = List.copyOf(all); !next.isEmpty();) {
            List<String> more = new ArrayList<>();
            for (String source : next) {
                includes.getOrDefault(source, Set.of()).stream().filter(all::add).forEach(more::add);
            }
            next = more;
        }
        return entries().stream().filter(entry -> all.contains(entry.origin().source())).toList();
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
        return new Snapshot(kept, includes, all, missing, readable);
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
    }
}
