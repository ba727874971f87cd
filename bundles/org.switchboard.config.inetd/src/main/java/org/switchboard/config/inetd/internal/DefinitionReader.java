package org.switchboard.config.inetd.internal;

import java.util.List;
import org.switchboard.posix.SystemText;

/**
 * Reads a definition, line by line: {@code service on key = value value, key = value;}. A number sign between words begins a
 * comment, a quotation anywhere in a value ends on its line and may hold escapes. After something unreadable the rest is passed
 * over up to the semicolon.
 *
 * <p>Source: inetd(8), NetBSD 10.
 */
final class DefinitionReader {

    /** The definition does not end on its line. */
    static final int GOES_ON = -1;

    private static final String ENDS_VALUE = " \t,;#";

    private final LogicalLine entry;
    private final Definition definition;
    private boolean begun;
    private boolean wantsEquals;
    private boolean inValues;
    private String line = "";
    private int number;
    private int at;

    /** @param entry begins with the service and {@code on} or {@code off}; receives the definition */
    DefinitionReader(LogicalLine entry) {
        this.entry = entry;
        this.definition = new Definition(word(entry.words()).equals("on"));
        entry.definition().add(definition);
        // Whatever an open quotation means elsewhere, words behind the second are read anew here.
        entry.openQuote().clear();
    }

    static boolean begins(List<Word> words) {
        return words.size() > 1 && (word(words).equals("on") || word(words).equals("off"));
    }

    /** The second word, without a comment glued to it. */
    private static String word(List<Word> words) {
        String text = words.get(1).text();
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    /** Whether the line that says what is defined has been read. */
    boolean hasBegun() {
        return begun;
    }

    /** There is no semicolon, and something else begins. */
    void unfinished() {
        fault("the definition of " + entry.words().get(0).quoted() + " has no ';' at its end", entry.line());
    }

    /**
     * Reads a line, or the first one from where the service stands in it.
     *
     * @return the place behind the semicolon that ends the definition, or {@link #GOES_ON}
     */
    int add(String text, int from, int lineNumber) {
        line = text;
        number = lineNumber;
        at = begun ? from : behindTwoWords(from);
        begun = true;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '#') {
                return GOES_ON;
            } else if (LineReader.isBlank(c)) {
                at++;
            } else if (c == ';') {
                separator();
                return at + 1;
            } else if (c == ',') {
                separator();
                at++;
            } else if (wantsEquals) {
                equalsSign(c);
            } else if (inValues) {
                value();
            } else {
                key();
            }
        }
        return GOES_ON;
    }

    /** The first two words have been cut as those of any line. */
    private int behindTwoWords(int from) {
        int index = from;
        for (int words = 0; words < 2; words++) {
            while (index < line.length() && LineReader.isBlank(line.charAt(index))) {
                index++;
            }
            while (index < line.length() && !LineReader.isBlank(line.charAt(index)) && (words == 0 || line.charAt(index) != '#')) {
                index++;
            }
        }
        return index;
    }

    private void separator() {
        if (wantsEquals) {
            fault("'=' is missing behind " + last().key().quoted(), number);
        }
        wantsEquals = false;
        inValues = false;
    }

    private void equalsSign(char c) {
        if (c != '=') {
            fault("'=' should stand behind " + last().key().quoted() + ", and not " + Word.quoted(String.valueOf(c)), number);
        } else {
            at++;
        }
        wantsEquals = false;
        inValues = true;
    }

    private void key() {
        int start = at;
        while (at < line.length() && (Character.isLetterOrDigit(line.charAt(at)) || line.charAt(at) == '_')) {
            at++;
        }
        if (at == start) {
            fault(Word.quoted(String.valueOf(line.charAt(at++))) + " stands where a key should", number);
            return;
        }
        definition.settings().add(new Definition.Setting(new Word(line.substring(start, at), number)));
        wantsEquals = true;
    }

    private void value() {
        StringBuilder text = new StringBuilder();
        char quote = 0;
        while (at < line.length() && (quote != 0 || ENDS_VALUE.indexOf(line.charAt(at)) < 0)) {
            char c = line.charAt(at++);
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else if (quote != 0 && c == '\\') {
                escape(text);
            } else {
                text.append(c);
            }
        }
        if (quote != 0) {
            fault("the quotation in " + Word.quoted(text.toString()) + " has no end", number);
        }
        if (!definition.settings().isEmpty()) {
            // Several escapes may be the bytes of one character.
            last().values().add(new Word(SystemText.decode(SystemText.encode(text.toString())), number));
        }
    }

    private void escape(StringBuilder text) {
        if (at == line.length()) {
            fault("a backslash stands at the end of the line", number);
            return;
        }
        char c = line.charAt(at++);
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case '\\', '\'', '"' -> text.append(c);
            case 'x' -> hexadecimal(text);
            default -> fault("unknown escape " + Word.quoted("\\" + c), number);
        }
    }

    private void hexadecimal(StringBuilder text) {
        int end = Math.min(at + 2, line.length());
        String digits = line.substring(at, end);
        if (digits.length() < 2 || digits.chars().anyMatch(c -> Character.digit(c, 16) < 0)) {
            fault("unknown escape " + Word.quoted("\\x" + digits), number);
            return;
        }
        text.append(SystemText.decode(new byte[] {(byte) Integer.parseInt(digits, 16)}));
        at = end;
    }

    private Definition.Setting last() {
        return definition.settings().get(definition.settings().size() - 1);
    }

    private void fault(String message, int where) {
        definition.faults().add(new Misread(new Word("", where), message));
    }
}
