package org.switchboard.access.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.log.Logger;

/** Warnings that many clients may cause: the first is logged, and then at every power of ten how many there were. */
final class CountedWarnings {

    private static final int MOST = 256;
    private static final int BASE = 10;

    private final Logger log;
    private final Map<String, Long> counts = new LinkedHashMap<>() { // guarded by this
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    CountedWarnings(Logger log) {
        this.log = log;
    }

    void warn(String text) {
        long count = count(text);
        if (count == 1) {
            log.warn("{}", text);
        } else if (isPowerOfTen(count)) {
            log.warn("{} ({} times so far)", text, count);
        }
    }

    private synchronized long count(String text) {
        return counts.merge(text, 1L, Long::sum);
    }

    private static boolean isPowerOfTen(long count) {
        long rest = count;
        while (rest % BASE == 0) {
            rest /= BASE;
        }
        return rest == 1;
    }
}
