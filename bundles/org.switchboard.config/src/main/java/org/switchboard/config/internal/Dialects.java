package org.switchboard.config.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.switchboard.api.config.Dialect;

/** The dialects that are there, by name. Safe for all threads. */
final class Dialects {

    private static final String MARK = "switchboard:";
    private static final String KEY = "dialect=";

    private final List<Named> all = new CopyOnWriteArrayList<>();

    private record Named(String name, Dialect dialect) {
    }

    void add(String name, Dialect dialect) {
        all.add(new Named(name, dialect));
    }

    void remove(Dialect dialect) {
        all.removeIf(named -> named.dialect() == dialect);
    }

    Optional<Dialect> find(String name) {
        for (Named named : all) {
            if (named.name().equals(name)) {
                return Optional.of(named.dialect());
            }
        }
        return Optional.empty();
    }

    /** The dialect that a file names in its first line, as in {@code # switchboard: dialect=netbsd}. */
    static Optional<String> namedIn(String text) {
        int start = text.startsWith("\uFEFF") ? 1 : 0;
        if (!text.startsWith("#", start)) {
            return Optional.empty();
        }
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        String comment = text.substring(start + 1, end).strip();
        String rest = comment.startsWith(MARK) ? comment.substring(MARK.length()).strip() : "";
        return rest.startsWith(KEY) ? Optional.of(rest.substring(KEY.length()).strip()) : Optional.empty();
    }
}
