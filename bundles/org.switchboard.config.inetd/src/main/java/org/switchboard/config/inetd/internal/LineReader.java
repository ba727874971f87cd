package org.switchboard.config.inetd.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a file into the words of its entries. Comments and continuations are settled here, and lines of any length and any
 * line end are taken: LF, CRLF, or CR alone.
 */
final class LineReader {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Rules rules;
    private final Warnings warnings;
    private final List<LogicalLine> lines = new ArrayList<>();
    private Optional<DefinitionReader> definition = Optional.empty();
    private boolean continuable;

    LineReader(Rules rules, Warnings warnings) {
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
        if (definition.isPresent()) {
            definition.get().unfinished();
        }
        return lines;
    }

    private void physicalLine(String whole, int number) {
        int hash = rules.has(Trait.COMMENT_ANYWHERE) ? whole.indexOf('#') : -1;
        String line = hash < 0 ? whole : whole.substring(0, hash);
        if (definition.isPresent() && inDefinition(line, number)) {
            return;
        }
        if (line.isBlank() || line.charAt(0) == '#') {
            policy(whole, number);
            continuable = false;
            return;
        }
        if (!isBlank(line.charAt(0)) || !rules.has(Trait.INDENT_CONTINUES) || !continuable) {
            if (rules.has(Trait.COMMENT_AFTER_BLANKS) && line.stripLeading().charAt(0) == '#') {
                return;
            }
            lines.add(new LogicalLine());
        }
        LogicalLine current = lines.get(lines.size() - 1);
        int before = current.words().size();
        new WordCutter(rules.quotes(), line, number).cut(current);
        if (before > 0) {
            current.continuations().add(before);
        } else if (rules.has(Trait.DEFINITIONS) && DefinitionReader.begins(current.words())) {
            definition = Optional.of(new DefinitionReader(current));
            continuable = false;
            inDefinition(line, number);
            return;
        }
        continuable = true;
    }

    /** Whether the line belongs to the definition that is open; an entry that follows it without its end does not. */
    private boolean inDefinition(String line, int number) {
        DefinitionReader open = definition.orElseThrow();
        if (open.hasBegun() && looksLikeEntry(line, number)) {
            open.unfinished();
            definition = Optional.empty();
            return false;
        }
        int end = open.add(line, 0, number);
        while (end != DefinitionReader.GOES_ON) {
            end = behindDefinition(line, end, number);
        }
        return true;
    }

    /** Another definition may follow on the line, and nothing else. @return where that ends */
    private int behindDefinition(String line, int from, int number) {
        definition = Optional.empty();
        int start = from;
        while (start < line.length() && isBlank(line.charAt(start))) {
            start++;
        }
        if (start == line.length() || line.charAt(start) == '#') {
            return DefinitionReader.GOES_ON;
        }
        LogicalLine next = new LogicalLine();
        new WordCutter(rules.quotes(), line, number).cut(next, start, 2);
        if (!DefinitionReader.begins(next.words())) {
            Word rest = new Word(line.substring(start).strip(), number);
            warnings.warn(rest, "what stands behind the ';' is ignored: " + rest.quoted());
            return DefinitionReader.GOES_ON;
        }
        lines.add(next);
        definition = Optional.of(new DefinitionReader(next));
        return definition.get().add(line, start, number);
    }

    private boolean looksLikeEntry(String line, int number) {
        if (line.isBlank() || isBlank(line.charAt(0)) || line.charAt(0) == '#') {
            return false;
        }
        LogicalLine cut = new LogicalLine();
        new WordCutter(rules.quotes(), line, number).cut(cut);
        List<Word> words = cut.words();
        String first = words.get(0).text();
        if (words.size() == 1) {
            return first.endsWith(":");
        }
        return first.startsWith(".") || DefinitionReader.begins(words) || Grammar.looksLikeEntry(words);
    }

    /** A comment that FreeBSD and NetBSD obey must not be passed over in silence, since it asks for protection. */
    private void policy(String line, int number) {
        if (line.startsWith("#@") && line.length() > 2 && !line.substring(2).isBlank()) {
            warnings.warn(new Word(line, number), "IPsec policies are not applied on this system; " + Word.quoted(line)
                    + " is taken for a comment");
        }
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
