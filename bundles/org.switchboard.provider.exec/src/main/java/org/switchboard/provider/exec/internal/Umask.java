package org.switchboard.provider.exec.internal;

import java.util.Optional;
import org.osgi.service.log.Logger;
import org.switchboard.api.entry.ServiceEntry;

/** The file mode creation mask of programs, from the framework property {@value #PROPERTY}, in octal. */
final class Umask {

    static final String PROPERTY = "switchboard.umask";
    static final int DEFAULT = 022;
    /** An entry's own. */
    static final String OPTION = "umask";

    private static final int OCTAL = 8;

    private Umask() {
    }

    static int parse(Optional<String> text, Logger log) {
        if (text.isEmpty() || text.get().isBlank()) {
            return DEFAULT;
        }
        if (!isMask(text.get().trim())) {
            log.warn("{}: '{}' is not an octal mask from 0 to 0777; using 022", PROPERTY, text.get());
            return DEFAULT;
        }
        return Integer.parseInt(text.get().trim(), OCTAL);
    }

    static boolean isMask(String text) {
        return text.matches("0?[0-7]{1,3}");
    }

    /** That of the entry, if it has one that can be read. */
    static int of(ServiceEntry entry, int otherwise) {
        String own = entry.options().get(OPTION);
        return own == null || !isMask(own) ? otherwise : Integer.parseInt(own, OCTAL);
    }
}
