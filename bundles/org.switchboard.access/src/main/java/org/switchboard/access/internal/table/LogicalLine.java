package org.switchboard.access.internal.table;

import java.io.IOException;

/**
 * A line, with those that a backslash at the end joins to it.
 *
 * @param number of its last physical line, as libwrap counts
 * @param text without the newline
 * @param isComplete whether it ended in a newline and is not too long
 */
record LogicalLine(int number, String text, boolean isComplete) {

    /** With the newline. Source: libwrap, BUFLEN. */
    private static final int LONGEST = 2047;

    /** Takes one line after the other. */
    interface Taker {
        void take(LogicalLine line) throws IOException;
    }

    /** Not as a list: in a long file that would take more memory than what the lines say. */
    static void each(String text, Taker taker) throws IOException {
        StringBuilder joined = new StringBuilder();
        int number = 0;
        for (int from = 0; from < text.length();) {
            int end = text.indexOf('\n', from);
            String physical = text.substring(from, end < 0 ? text.length() : end);
            from = end < 0 ? text.length() : end + 1;
            number += end < 0 ? 0 : 1;
            boolean goesOn = end >= 0 && physical.endsWith("\\");
            joined.append(physical, 0, physical.length() - (goesOn ? 1 : 0));
            if (!goesOn || from == text.length()) {
                boolean complete = end >= 0 && !goesOn && joined.length() < LONGEST;
                taker.take(new LogicalLine(end < 0 ? number + 1 : number, joined.toString(), complete));
                joined.setLength(0);
            }
        }
    }

    /** Whether it is blank, or a comment. */
    boolean isEmpty() {
        return text.startsWith("#") || text.isBlank();
    }
}
