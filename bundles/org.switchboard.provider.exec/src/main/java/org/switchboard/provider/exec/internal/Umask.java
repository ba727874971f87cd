package org.switchboard.provider.exec.internal;

import java.util.Optional;
import org.osgi.service.log.Logger;

/** The file mode creation mask of programs, from the framework property {@value #PROPERTY}, in octal. */
final class Umask {

    static final String PROPERTY = "switchboard.umask";
    static final int DEFAULT = 022;

    private static final int OCTAL = 8;

    private Umask() {
    }

    static int parse(Optional<String> text, Logger log) {
        if (text.isEmpty() || text.get().isBlank()) {
            return DEFAULT;
        }
        if (!text.get().trim().matches("0?[0-7]{1,3}")) {
            log.warn("{}: '{}' is not an octal mask from 0 to 0777; using 022", PROPERTY, text.get());
            return DEFAULT;
        }
        return Integer.parseInt(text.get().trim(), OCTAL);
    }
}
