package org.switchboard.dispatcher.internal.table;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What each source said last; it stays while the source is replaced. Any thread. */
abstract class SourceMemory<T> {

    private final Map<String, List<T>> sources = new ConcurrentHashMap<>();
    /** Sources that went and are not back; guarded by this. */
    private final Set<String> left = new HashSet<>();

    /** Replaces what a source said before. */
    synchronized void put(String source, List<T> said) {
        left.remove(source);
        sources.put(source, List.copyOf(said));
    }

    /** The source goes; what it said stays until it says it again, or until it is forgotten. */
    synchronized void leave(String source) {
        left.add(source);
    }

    /** Forgets what a source said before it went, unless it is back. */
    synchronized void forget(String source) {
        if (left.remove(source)) {
            sources.remove(source);
        }
    }

    Stream<T> all() {
        return sources.values().stream().flatMap(List::stream);
    }
}
