package org.switchboard.posix.internal;

import java.util.ArrayList;
import java.util.List;
import org.switchboard.posix.Launch.Limit;

/**
 * The resource limits that the server was started with, which programs get back: the JVM raises its own. Given as
 * {@code nofile=1024:1048576 core=0:unlimited}: names as in RLIMIT_…, soft and hard value.
 *
 * <p>Source: getrlimit(2).
 */
final class OriginalLimits {

    /** The place in the list is the number of the resource on Linux. */
    private static final List<String> NAMES = List.of("cpu", "fsize", "data", "stack", "core", "rss", "nproc", "nofile",
            "memlock", "as", "locks", "sigpending", "msgqueue", "nice", "rtprio", "rttime");

    private OriginalLimits() {
    }

    /** @throws IllegalArgumentException with the word that cannot be read */
    static List<Limit> parse(String text) {
        List<Limit> limits = new ArrayList<>();
        for (String word : text.trim().split("\\s+")) {
            if (!word.isEmpty()) {
                limits.add(limit(word));
            }
        }
        return List.copyOf(limits);
    }

    private static Limit limit(String word) {
        int equals = word.indexOf('=');
        int colon = word.indexOf(':', equals + 1);
        if (equals < 0 || colon < 0 || !NAMES.contains(word.substring(0, equals))) {
            throw new IllegalArgumentException("'" + word + "' is not name=soft:hard with a name of " + NAMES);
        }
        return new Limit(NAMES.indexOf(word.substring(0, equals)), value(word, word.substring(equals + 1, colon)),
                value(word, word.substring(colon + 1)));
    }

    private static long value(String word, String text) {
        if (text.equals("unlimited")) {
            return -1;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + word + "': '" + text + "' is not a number", e);
        }
        throw new IllegalArgumentException("'" + word + "': '" + text + "' is negative");
    }
}
