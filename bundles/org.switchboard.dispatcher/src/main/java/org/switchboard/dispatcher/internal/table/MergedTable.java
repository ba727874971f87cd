package org.switchboard.dispatcher.internal.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.dispatcher.internal.resolve.ResolvedEntry;

/**
 * What all sources say, merged by id. Configurations come first, since that is how a running server is changed; then the
 * files, then others by the name of the source, and bundles last. Within one source the last line of an id wins.
 */
final class MergedTable {

    /** Sources that begin with this are bundles. */
    static final String BUNDLE_PREFIX = "bundle:";

    /** The source names of the server's own bundles. */
    private static final List<String> FIRST = List.of("configurations", "files");

    private static final Comparator<String> PRECEDENCE = Comparator.comparingInt(MergedTable::rank)
            .thenComparing(Comparator.naturalOrder());

    private final Map<String, List<ResolvedEntry>> sources = new TreeMap<>(PRECEDENCE);
    /** What sources said that went, and did not say again since they came back. */
    private final Map<String, List<ResolvedEntry>> left = new TreeMap<>(PRECEDENCE);

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

    /** The source goes, and nobody forgets yet what it said. */
    void leave(String source) {
        List<ResolvedEntry> said = all(source);
        sources.remove(source);
        left.put(source, said);
    }

    /** Forgets what a source said before it went. */
    void forget(String source) {
        left.remove(source);
    }

    private List<ResolvedEntry> all(String source) {
        List<ResolvedEntry> all = new ArrayList<>(sources.getOrDefault(source, List.of()));
        Set<String> ids = all.stream().map(entry -> entry.entry().id()).collect(Collectors.toSet());
        left.getOrDefault(source, List.of()).stream().filter(entry -> !ids.contains(entry.entry().id())).forEach(all::add);
        return all;
    }

    private static int rank(String source) {
        int place = FIRST.indexOf(source);
        if (place >= 0) {
            return place;
        }
        return source.startsWith(BUNDLE_PREFIX) ? FIRST.size() + 1 : FIRST.size();
    }

    /** The entries that count, by id, in the order of the sources; with notes on those that they override. */
    Map<String, ResolvedEntry> merged() {
        Map<String, ResolvedEntry> merged = new LinkedHashMap<>();
        Set<String> names = new TreeSet<>(PRECEDENCE);
        names.addAll(sources.keySet());
        names.addAll(left.keySet());
        names.forEach(source ->
                all(source).forEach(entry -> merged.merge(entry.entry().id(), entry, MergedTable::overriding)));
        return merged;
    }

    private static ResolvedEntry overriding(ResolvedEntry winner, ResolvedEntry loser) {
        ServiceEntry lost = loser.entry();
        List<String> notes = new ArrayList<>(winner.notes());
        notes.add("overrides '" + lost.id() + "' of " + lost.origin());
        return new ResolvedEntry(winner.entry(), winner.port(), winner.sockets(), notes, winner.failure());
    }
}
