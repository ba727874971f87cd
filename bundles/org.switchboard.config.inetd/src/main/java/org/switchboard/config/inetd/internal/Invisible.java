package org.switchboard.config.inetd.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Characters that look like a blank, or like nothing, and are neither a blank nor a tab: they separate no words. */
final class Invisible {

    private static final int FIRST_NOT_ASCII = 0x80;
    private static final Map<Integer, String> NAMES = new HashMap<>(Map.of(
            0x85, "next line", 0xA0, "no-break space", 0xAD, "soft hyphen", 0x200B, "zero-width space",
            0x2028, "line separator", 0x2029, "paragraph separator", 0x2060, "word joiner", 0x3000, "ideographic space",
            0xFEFF, "byte order mark"));

    static {
        NAMES.putAll(Map.of(0x2007, "figure space", 0x200C, "zero-width non-joiner", 0x200D, "zero-width joiner",
                0x202F, "narrow no-break space", 0x200E, "left-to-right mark", 0x200F, "right-to-left mark"));
    }

    private Invisible() {
    }

    static boolean is(int codePoint) {
        return codePoint >= FIRST_NOT_ASCII && switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.FORMAT,
                    Character.CONTROL -> true;
            default -> false;
        };
    }

    /** The first such character of the text, as a reader can look for it: {@code U+00A0 (no-break space)}. */
    static Optional<String> in(String text) {
        return text.codePoints().filter(Invisible::is).mapToObj(Invisible::named).findFirst();
    }

    /** The character within a quoted word. */
    static String shown(int codePoint) {
        return "<" + number(codePoint) + ">";
    }

    private static String named(int codePoint) {
        String name = NAMES.getOrDefault(codePoint, Character.getType(codePoint) == Character.SPACE_SEPARATOR ? "a space"
                : "an invisible character");
        return number(codePoint) + " (" + name + ")";
    }

    private static String number(int codePoint) {
        return String.format("U+%04X", codePoint);
    }
}
