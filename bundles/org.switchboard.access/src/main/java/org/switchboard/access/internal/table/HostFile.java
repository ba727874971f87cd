package org.switchboard.access.internal.table;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.switchboard.access.internal.request.Party;

/** The hosts named in a file: patterns with blanks and line ends between them, no comments, no EXCEPT. Source: hosts_access(5). */
final class HostFile implements HostPattern {

    /** Files may name files; whoever goes round in circles matches nothing more. */
    private static final int MOST_NESTED = 8;
    private static final ThreadLocal<Integer> NESTED = ThreadLocal.withInitial(() -> 0);

    private final Reread<List<HostPattern>> patterns;

    private HostFile(Path path, Consumer<String> complaints) {
        patterns = new Reread<>(path, text -> read(path, text, complaints), List.of(),
                failure -> complaints.accept(failure + "; it matches nothing"));
    }

    /** The hosts of the file at that path. */
    static HostPattern at(String path, Consumer<String> complaints) {
        try {
            return new HostFile(Path.of(path), complaints);
        } catch (InvalidPathException impossible) {
            complaints.accept("bad path of a file; it matches nothing");
            return host -> false;
        }
    }

    private static List<HostPattern> read(Path path, String text, Consumer<String> complaints) {
        List<HostPattern> parsed = new ArrayList<>();
        for (String word : text.split("\\s+")) {
            if (!word.isEmpty()) {
                parsed.add(HostPattern.parse(word, complaint -> complaints.accept(path + ": " + complaint)));
            }
        }
        return List.copyOf(parsed);
    }

    @Override
    public boolean matches(Party host) throws InterruptedException {
        int depth = NESTED.get();
        if (depth >= MOST_NESTED) {
            return false;
        }
        NESTED.set(depth + 1);
        try {
            for (HostPattern pattern : patterns.now()) {
                if (pattern.matches(host)) {
                    return true;
                }
            }
            return false;
        } finally {
            if (depth == 0) {
                NESTED.remove();
            } else {
                NESTED.set(depth);
            }
        }
    }
}
