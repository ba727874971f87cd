package org.switchboard.config.inetd.internal;

import org.switchboard.config.inetd.internal.Rules.Quotes;

/** Cuts one physical line. Blanks separate words; what a quotation is the dialect says. */
final class WordCutter {

    private static final String SIGNS = "\"'";

    private final Quotes quotes;
    private final String line;
    private final int number;
    private int at;

    WordCutter(Quotes quotes, String line, int number) {
        this.quotes = quotes;
        this.line = line;
        this.number = number;
    }

    void cut(LogicalLine into) {
        cut(into, 0, Integer.MAX_VALUE);
    }

    /** Cuts some words from a place of the line on. */
    void cut(LogicalLine into, int from, int words) {
        at = from;
        int end = words == Integer.MAX_VALUE ? words : into.words().size() + words;
        while (into.words().size() < end && skipBlanks()) {
            int start = at;
            StringBuilder text = new StringBuilder();
            boolean closed = word(text);
            Word cut = new Word(text.toString(), number);
            if (line.charAt(start) == '#' && !into.words().isEmpty()) {
                into.comments().add(cut);
            }
            into.words().add(cut);
            if (!closed) {
                into.openQuote().add(new Word(line.substring(start), number));
            }
        }
    }

    private boolean skipBlanks() {
        while (at < line.length() && LineReader.isBlank(line.charAt(at))) {
            at++;
        }
        return at < line.length();
    }

    /** Whether every quotation in the word has its end. */
    private boolean word(StringBuilder text) {
        int start = at;
        while (at < line.length() && !LineReader.isBlank(line.charAt(at))) {
            char c = line.charAt(at);
            if (quotes == Quotes.SPLITTING && at > start && SIGNS.indexOf(c) >= 0) {
                return true;
            }
            at++;
            if (!quotes(c, at - 1 == start)) {
                text.append(c);
                continue;
            }
            int close = line.indexOf(c, at);
            text.append(line, at, close < 0 ? line.length() : close);
            at = close < 0 ? line.length() : close + 1;
            if (close < 0 || quotes == Quotes.AT_START || quotes == Quotes.SPLITTING) {
                return close >= 0;
            }
        }
        return true;
    }

    private boolean quotes(char c, boolean first) {
        return SIGNS.indexOf(c) >= 0 && switch (quotes) {
            case NONE -> false;
            case ANYWHERE, ANYWHERE_CLOSED -> true;
            case AT_START, SPLITTING -> first;
        };
    }
}
