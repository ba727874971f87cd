package org.switchboard.config.inetd.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.ServiceEntry;

/** The positional grammar of inetd.conf(5), under the rules of one dialect. Pure and free of state. */
final class Grammar {

    private static final List<Column> COLUMNS = List.of(
            new Column("a service", Draft::service),
            new Column("a socket type", Draft::socketType),
            new Column("a protocol", Draft::protocol),
            new Column("'wait' or 'nowait'", Draft::mode),
            new Column("a user", Draft::user),
            new Column("a program or 'internal'", Draft::server));

    private final Rules rules;

    Grammar(Rules rules) {
        this.rules = rules;
    }

    Parsed parse(String origin, String text) {
        return new File(origin).parse(text);
    }

    /** The reading of one file: what has been found in it so far, and the default host where it has come to. */
    private final class File {
        private final String source;
        private final List<ServiceEntry> entries = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();
        private Hosts defaultHosts = Hosts.EVERY;

        File(String source) {
            this.source = source;
        }

        Parsed parse(String text) {
            for (LogicalLine line : new LineReader(rules, this::warn).read(text)) {
                try {
                    logicalLine(line);
                } catch (Misread e) {
                    findings.add(Finding.error(new Origin(source, e.line()), e.getMessage() + "; entry skipped"));
                }
            }
            findings.sort(Comparator.comparingInt(finding -> finding.origin().line()));
            return new Parsed(entries, findings);
        }

        private void warn(int line, String message) {
            findings.add(Finding.warning(new Origin(source, line), message));
        }

        private void logicalLine(LogicalLine line) throws Misread {
            if (!line.openQuote().isEmpty()) {
                Word open = line.openQuote().get(0);
                throw new Misread(open, "the quotation in " + open.quoted() + " has no end");
            }
            Word first = line.words().get(0);
            if (first.text().startsWith(".")) {
                throw new Misread(first, "unknown directive " + first.quoted());
            }
            warnOfSwallowedLines(line);
            List<Word> words = line.words();
            Origin origin = new Origin(source, line.line());
            if (!first.text().endsWith(":")) {
                entry(words, new Draft(rules, defaultHosts, false, origin));
            } else if (words.size() > 1) {
                entry(words.subList(1, words.size()), new Draft(rules, hostsOf(first), true, origin));
            } else {
                hostLine(first);
            }
        }

        private void hostLine(Word word) {
            try {
                defaultHosts = hostsOf(word);
            } catch (Misread e) {
                defaultHosts = Hosts.unreadable(word.line());
                findings.add(Finding.error(new Origin(source, word.line()), e.getMessage()
                        + "; what follows without a host of its own is skipped"));
            }
        }

        private static Hosts hostsOf(Word word) throws Misread {
            return Hosts.read(word, word.text().substring(0, word.text().length() - 1));
        }

        private void entry(List<Word> words, Draft draft) throws Misread {
            for (int i = 0; i < COLUMNS.size(); i++) {
                if (i >= words.size()) {
                    Word last = words.get(words.size() - 1);
                    throw new Misread(last, "the line ends after " + last.quoted() + ", where "
                            + COLUMNS.get(i).name() + " should follow");
                }
                COLUMNS.get(i).reader().read(draft, words.get(i));
            }
            draft.arguments(words.subList(COLUMNS.size(), words.size()));
            entries.addAll(draft.finish(this::warn));
        }

        /** Elsewhere in the family an indented line is an entry of its own, so one that looks like it deserves a word. */
        private void warnOfSwallowedLines(LogicalLine line) {
            for (int start : line.continuations()) {
                List<Word> added = line.words().subList(start, line.words().size());
                boolean looksLikeEntry = added.size() > 2 && rules.socketTypes().containsKey(added.get(1).text())
                        && rules.protocols().containsKey(added.get(2).text());
                if (looksLikeEntry || added.get(0).text().startsWith("#")) {
                    warn(added.get(0).line(), "this line begins with a blank and so continues the entry of line "
                            + line.line() + "; " + added.get(0).quoted() + " is taken for one of its words");
                }
            }
        }
    }
}
