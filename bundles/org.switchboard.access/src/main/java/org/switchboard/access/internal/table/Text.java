package org.switchboard.access.internal.table;

import java.util.Locale;

/**
 * How a pattern compares with a name, an address or a user. Case does not matter.
 *
 * <p>Source: hosts_access(5), Debian, PATTERNS and WILDCARDS.
 */
final class Text {

    private static final String UNKNOWN = "unknown";

    private Text() {
    }

    static boolean matches(String pattern, String text) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        String actual = text.toLowerCase(Locale.ROOT);
        if (wanted.indexOf('*') >= 0 || wanted.indexOf('?') >= 0) {
            return glob(wanted, actual);
        }
        if (wanted.startsWith(".")) {
            return actual.length() > wanted.length() && actual.endsWith(wanted);
        }
        return switch (wanted) {
            case "all" -> true;
            case "known" -> !actual.equals(UNKNOWN);
            default -> wanted.endsWith(".") ? actual.startsWith(wanted) : actual.equals(wanted);
        };
    }

    /** Goes back to the last star only, which is enough, and takes no more than the product of the lengths. */
    private static boolean glob(String pattern, String text) {
        int p = 0;
        int star = -1;
        int resume = 0;
        for (int t = 0; t < text.length();) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
