package org.switchboard.config.inetd.internal;

/** A word that cannot be read: it costs its entry. */
final class Misread extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Word word;

    /** @param message says what is wrong, user text in quotes, without what is done about it */
    Misread(Word word, String message) {
        super(message, null, false, false);
        this.word = word;
    }

    int line() {
        return word.line();
    }
}
