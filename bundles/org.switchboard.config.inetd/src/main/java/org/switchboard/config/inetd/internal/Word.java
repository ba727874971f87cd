package org.switchboard.config.inetd.internal;

/** One word, without its quotes, and the line of the file that it stands on. */
record Word(String text, int line) {

    private static final int SHOWN = 60;

    /** The text in single quotes, fit for a message: control characters made visible, cut when long. */
    String quoted() {
        return quoted(text);
    }

    static String quoted(String text) {
        StringBuilder shown = new StringBuilder("'");
        int end = Math.min(text.length(), SHOWN);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\x%02x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.append(text.length() > SHOWN ? "…'" : "'").toString();
    }
}
