package org.switchboard.limits.internal;

import java.util.Optional;
import org.switchboard.api.entry.ServiceEntry;

/** The value of an option that is a number, or {@code UNLIMITED}. */
final class Count {

    private static final String UNLIMITED = "UNLIMITED";
    private static final int MOST_DIGITS = 9;
    private static final int MOST = 999_999_999;

    private Count() {
    }

    /** The number that the entry gives; {@link Integer#MAX_VALUE} for none, for no limit, and for what is not a number. */
    static int of(ServiceEntry entry, String option) {
        return of(entry, option, Integer.MAX_VALUE);
    }

    /** The same, with a number for entries that do not have the option. */
    static int of(ServiceEntry entry, String option, int otherwise) {
        String value = entry.options().get(option);
        if (value == null) {
            return otherwise;
        }
        return isNumber(value) ? Integer.parseInt(value) : Integer.MAX_VALUE;
    }

    /** What is wrong with a value; {@code least} is the smallest number that makes sense. */
    static Optional<String> objection(String value, int least) {
        if (isNumber(value) && Integer.parseInt(value) >= least || value.equalsIgnoreCase(UNLIMITED)) {
            return Optional.empty();
        }
        return Optional.of("must be a number from " + least + " to " + MOST + ", or " + UNLIMITED);
    }

    private static boolean isNumber(String value) {
        boolean digits = !value.isEmpty() && value.length() <= MOST_DIGITS;
        for (int i = 0; i < value.length() && digits; i++) {
            digits = value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        return digits;
    }
}
