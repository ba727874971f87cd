package org.switchboard.shell.internal;

import java.util.List;
import java.util.Optional;

/**
 * An option of a command.
 *
 * @param names   with their dashes, the short one first
 * @param value   the word behind it; empty for a switch
 * @param meaning what it does
 */
record Choice(List<String> names, Optional<Value> value, String meaning) {

    Choice {
        names = List.copyOf(names);
    }

    /** {@code --state STATE}, as in a synopsis. */
    String synopsis() {
        return names.get(names.size() - 1) + word();
    }

    /** {@code -s, --state STATE}, as in a help text. */
    String heading() {
        return String.join(", ", names) + word();
    }

    private String word() {
        return value.map(taken -> " " + taken.value()).orElse("");
    }
}
