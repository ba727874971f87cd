package org.switchboard.config.internal.pid;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text into words: at blanks, or at commas and blanks. Quotes keep words together, as in an inetd.conf. */
enum WordCutter {
    BLANKS(" \t"),
    COMMAS(", \t");

    private static final String QUOTES = "\"'";

    private final String separators;

    WordCutter(String separators) {
        this.separators = separators;
    }

    /** @throws IllegalArgumentException if a quotation has no end */
    List<String> cut(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (QUOTES.indexOf(c) >= 0) {
                int close = text.indexOf(c, at + 1);
                if (close < 0) {
                    throw new IllegalArgumentException("the quotation in '" + text.substring(at) + "' has no end");
                }
                word.append(text, at + 1, close);
                inWord = true;
                at = close;
            } else if (separators.indexOf(c) < 0) {
                word.append(c);
                inWord = true;
            } else if (inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
