package org.switchboard.config.inetd.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Cuts a file into the words of its entries. Comments and continuations are settled here, and lines of any length and any
 * line end are taken: LF, CRLF, or CR alone.
 */
final class LineReader {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Rules rules;
    private final BiConsumer<Integer, String> warnings;
    private final List<LogicalLine> lines = new ArrayList<>();
    private boolean continuable;

    /** @param warnings told the line and the sentence */
    LineReader(Rules rules, BiConsumer<Integer, String> warnings) {
        this.rules = rules;
        this.warnings = warnings;
    }

    List<LogicalLine> read(String text) {
        int number = 0;
        int start = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            physicalLine(text.substring(start, end), ++number);
            start = text.startsWith("\r\n", end) ? end + 2 : end + 1;
        }
        return lines;
    }

    private void physicalLine(String line, int number) {
        if (line.isBlank() || line.charAt(0) == '#') {
            policy(line, number);
            continuable = false;
            return;
        }
        boolean indented = isBlank(line.charAt(0));
        if (!indented || !rules.indentContinues() || !continuable) {
            if (line.stripLeading().charAt(0) == '#') {
                return;
            }
            lines.add(new LogicalLine(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        }
        LogicalLine current = lines.get(lines.size() - 1);
        int before = current.words().size();
        new WordCutter(rules.quotes(), line, number).cut(current);
        if (before > 0) {
            current.continuations().add(before);
        }
        continuable = true;
    }

    /** A comment that FreeBSD and NetBSD obey must not be passed over in silence, since it asks for protection. */
    private void policy(String line, int number) {
        if (line.startsWith("#@") && line.length() > 2 && !line.substring(2).isBlank()) {
            warnings.accept(number, "IPsec policies are not applied on this system; " + Word.quoted(line)
                    + " is taken for a comment");
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Cuts one physical line. Blanks separate words; a quotation may begin and end anywhere in one, without escapes. */
    private static final class WordCutter {
        private final String quotes;
        private final String line;
        private final int number;
        private int at;

        WordCutter(String quotes, String line, int number) {
            this.quotes = quotes;
            this.line = line;
            this.number = number;
        }

        void cut(LogicalLine into) {
            while (skipBlanks()) {
                int start = at;
                StringBuilder text = new StringBuilder();
                boolean closed = word(text);
                into.words().add(new Word(text.toString(), number));
                if (!closed) {
                    into.openQuote().add(new Word(line.substring(start), number));
                }
            }
        }

        private boolean skipBlanks() {
            while (at < line.length() && isBlank(line.charAt(at))) {
                at++;
            }
            return at < line.length();
        }

        private boolean word(StringBuilder text) {
            while (at < line.length() && !isBlank(line.charAt(at))) {
                char c = line.charAt(at++);
                if (quotes.indexOf(c) < 0) {
                    text.append(c);
                    continue;
                }
                int close = line.indexOf(c, at);
                text.append(line, at, close < 0 ? line.length() : close);
                if (close < 0) {
                    at = line.length();
                    return false;
                }
                at = close + 1;
            }
            return true;
        }
    }
}
