package org.switchboard.provider.exec.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.switchboard.api.entry.ServiceEntry;

/** What an entry, or a rule that admitted a client, wants for a program beside the usual: niceness and single variables. */
final class Extras {

    /** Added to the niceness of the server. */
    static final String NICE = "nice";
    /** {@code NAME=value}, several on lines of their own. */
    static final String VARIABLES = "env";

    private static final int LARGEST_NICE = 40;

    private Extras() {
    }

    static int nice(ServiceEntry entry) {
        String text = entry.options().getOrDefault(NICE, "");
        return isNice(text) ? Integer.parseInt(text) : 0;
    }

    static Map<String, String> variables(ServiceEntry entry) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : entry.options().getOrDefault(VARIABLES, "").split("\n")) {
            int sign = line.indexOf('=');
            if (sign > 0) {
                variables.put(line.substring(0, sign), line.substring(sign + 1));
            }
        }
        return variables;
    }

    /** What is wrong with the value of one of the two. */
    static Optional<String> objection(String option, String value) {
        if (option.equals(NICE)) {
            return isNice(value) ? Optional.empty() : Optional.of("must be a number from -" + LARGEST_NICE + " to " + LARGEST_NICE);
        }
        boolean good = value.matches("(?s)[^=\\s\0]+=[^\0]*");
        return good ? Optional.empty() : Optional.of("must be of the form NAME=value");
    }

    private static boolean isNice(String text) {
        return text.matches("[+-]?[0-9]{1,2}") && Math.abs(Integer.parseInt(text)) <= LARGEST_NICE;
    }
}
