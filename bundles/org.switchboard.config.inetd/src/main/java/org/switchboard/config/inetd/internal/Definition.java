package org.switchboard.config.inetd.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands between {@code service on} and the semicolon. Filled while lines are being read.
 *
 * @param on whether the service is wanted
 * @param settings in the order of the file
 * @param faults what made the rest unreadable, or an empty list
 */
record Definition(boolean on, List<Setting> settings, List<Misread> faults) {

    /** One {@code key = value value}. */
    record Setting(Word key, List<Word> values) {
        Setting(Word key) {
            this(key, new ArrayList<>());
        }
    }

    Definition(boolean on) {
        this(on, new ArrayList<>(), new ArrayList<>());
    }
}
