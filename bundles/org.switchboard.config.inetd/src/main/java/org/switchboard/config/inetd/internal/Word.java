package org.switchboard.config.inetd.internal;

/** One word, without its quotes, and the line of the file that it stands on. */
record Word(String text, int line) {

    private static final int SHOWN = 60;

    /** Whether there are decimal digits and nothing else. */
    static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    boolean isPrintable() {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The text in single quotes, fit for a message: what cannot be seen made visible, cut when long. */
    String quoted() {
        return quoted(text);
    }

    static String quoted(String text) {
        StringBuilder shown = new StringBuilder("'");
        int end = Math.min(text.length(), SHOWN);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Invisible.is(c)) {
                shown.append(Invisible.shown(c));
            } else if (Character.isISOControl(c)) {
                shown.append(String.format("\\x%02x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append(text.length() > SHOWN ? "…'" : "'").toString();
    }
}
