package org.switchboard.config.inetd.internal;

import java.util.Optional;

/**
 * How a number after the mode is read, as in {@code nowait.40}.
 *
 * @param separators the characters that it may stand behind
 * @param anyBase whether {@code 0x10} and {@code 010} are numbers as in C
 * @param oneLess whether the last of so many sessions is not served any more. The first one always is
 * @param zero whether 0 is a number as well
 * @param zeroIsNone whether 0 means that there is no limit
 * @param broken what a word means that is no such number
 * @param fallback the number that a broken one is replaced with, with {@link Broken#REPLACED}
 */
record Limit(String separators, boolean anyBase, boolean oneLess, boolean zero, boolean zeroIsNone, Broken broken, int fallback) {

    /** The largest number of any limit, which no service reaches. */
    static final int MOST = 999_999_999;

    private static final int MOST_DIGITS = 9;

    /** What a word means that is no number. */
    enum Broken {
        COSTS_ENTRY, REPLACED, IGNORED
    }

    static final Limit NONE = new Limit("", false, false, false, false, Broken.IGNORED, 0);

    /** How many sessions are served if the family's number is that. */
    int served(int number) {
        return oneLess ? Math.max(1, number - 1) : number;
    }

    /** The number that the text says, if it is one, cut to {@link #MOST}. */
    Optional<Integer> read(String text) {
        boolean digits = Word.isNumber(text);
        if (isTooLarge(text)) {
            return Optional.of(MOST);
        }
        try {
            int number = digits && !anyBase ? Integer.parseInt(stripped(text))
                    : digits || anyBase && text.startsWith("0") ? Integer.decode(text) : -1;
            return number > 0 || number == 0 && zero ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the text is a number beyond {@link #MOST}. */
    static boolean isTooLarge(String text) {
        return Word.isNumber(text) && stripped(text).length() > MOST_DIGITS;
    }

    /** Tells that a number beyond {@link #MOST} is cut to it. */
    static void warnIfTooLarge(Word word, String text, Warnings warnings) {
        if (isTooLarge(text)) {
            warnings.warn(word, "limit " + Word.quoted(text) + " in " + word.quoted() + " is larger than " + MOST
                    + ", the largest one; taken for that");
        }
    }

    private static String stripped(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }
}
