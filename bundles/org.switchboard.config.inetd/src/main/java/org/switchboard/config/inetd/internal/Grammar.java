package org.switchboard.config.inetd.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.switchboard.api.config.Includes;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.ServiceEntry;

/** The grammar of inetd.conf(5), under the rules of one dialect. Pure and free of state. */
final class Grammar {

    private static final List<Column> COLUMNS = List.of(Column.values());

    private final Rules rules;

    Grammar(Rules rules) {
        this.rules = rules;
    }

    Parsed parse(String origin, String text, Includes includes) {
        List<ReadEntry> entries = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        new File(origin, Hosts.EVERY, includes, entries, findings).parse(text);
        return new CrossEntryChecks(rules).apply(entries, findings);
    }

    /** Whether a line that should belong to something else reads like an entry of its own. */
    static boolean looksLikeEntry(List<Word> words) {
        if (words.size() < 3) {
            return false;
        }
        String type = words.get(1).text();
        String protocol = words.get(2).text();
        return (type.startsWith("stream") || type.startsWith("dgram"))
                && (protocol.startsWith("tcp") || protocol.startsWith("udp") || protocol.startsWith("rpc/") || protocol.equals("unix"));
    }

    /** The reading of one file: what has been found in it so far, and the default host where it has come to. */
    private final class File {
        private final String source;
        private final Includes includes;
        private final List<ReadEntry> entries;
        private final List<Finding> findings;
        private final List<Finding> own = new ArrayList<>();
        private Hosts defaultHosts;

        File(String source, Hosts defaultHosts, Includes includes, List<ReadEntry> entries, List<Finding> findings) {
            this.source = source;
            this.defaultHosts = defaultHosts;
            this.includes = includes;
            this.entries = entries;
            this.findings = findings;
        }

        void parse(String text) {
            for (LogicalLine line : new LineReader(rules, this::warn).read(text)) {
                try {
                    logicalLine(line);
                } catch (Misread e) {
                    own.add(Finding.error(new Origin(source, e.line()), e.getMessage() + unseen(line) + "; entry skipped"));
                }
            }
            if (own.size() > 1) {
                own.sort(Comparator.comparingInt(finding -> finding.origin().line()));
            }
            findings.addAll(own);
        }

        /** What makes a line unreadable that looks right. */
        private static String unseen(LogicalLine line) {
            return withInvisible(line).map(word -> "; " + word.quoted() + " contains " + Invisible.in(word.text()).orElseThrow()
                    + ", which separates no words").orElse("");
        }

        private static Optional<Word> withInvisible(LogicalLine line) {
            return line.words().stream().filter(word -> Invisible.in(word.text()).isPresent()).findFirst();
        }

        /** What is probably not meant, of an entry that can be read. */
        private void warnOfDoubts(LogicalLine line, boolean program) {
            withInvisible(line).ifPresent(word -> warn(word, word.quoted() + " contains " + Invisible.in(word.text()).orElseThrow()
                    + ", which separates no words and belongs to this one"));
            if (!program) {
                return;
            }
            for (Word word : line.comments()) {
                warn(word, word.quoted() + " is an argument of the program: a comment begins in the first column only");
            }
            List<Word> words = line.words();
            for (int i = 0; i < words.size(); i++) {
                boolean last = i + 1 == words.size() || words.get(i + 1).line() != words.get(i).line();
                if (last && words.get(i).text().endsWith("\\")) {
                    warn(words.get(i), "the '\\' at the end of the line belongs to an argument of the program, and joins no lines"
                            + (rules.has(Trait.INDENT_CONTINUES) ? "; a line that begins with a blank continues this one" : ""));
                }
            }
        }

        private void warn(Word word, String message) {
            own.add(Finding.warning(new Origin(source, word.line()), message));
        }

        private void logicalLine(LogicalLine line) throws Misread {
            if (!line.openQuote().isEmpty()) {
                openQuote(line.openQuote().get(0));
            }
            Word first = line.words().get(0);
            if (first.text().startsWith(".") && (rules.has(Trait.DIRECTIVES) || line.words().size() < 2)) {
                directive(line.words());
                return;
            }
            warnOfSwallowedLines(line);
            List<Word> words = line.words();
            Origin origin = new Origin(source, line.line());
            boolean hosts = rules.has(Trait.HOSTS) && first.text().endsWith(":");
            if (!line.definition().isEmpty()) {
                definition(line);
            } else if (!hosts) {
                entry(line, words, new Draft(rules, defaultHosts, false, origin, this::warn));
            } else if (words.size() == 1) {
                hostLine(first);
            } else if (rules.has(Trait.HOST_AND_BLANK)) {
                entry(line, words.subList(1, words.size()), new Draft(rules, hostsOf(first), true, origin, this::warn));
            } else {
                throw new Misread(first, "a blank stands behind the host " + first.quoted() + ", where dialect '" + rules.name()
                        + "' needs the service");
            }
        }

        private void openQuote(Word open) throws Misread {
            if (rules.quotes() == Rules.Quotes.ANYWHERE_CLOSED) {
                throw new Misread(open, "the quotation in " + open.quoted() + " has no end");
            }
            warn(open, "the quotation in " + open.quoted() + " has no end; it goes to the end of the line");
        }

        /** What an included file says stands where the directive does; a default host of it ends with it. */
        private void directive(List<Word> words) throws Misread {
            Word first = words.get(0);
            if (!first.text().equals(".include") || !rules.has(Trait.DIRECTIVES)) {
                throw new Misread(first, "unknown directive " + first.quoted());
            }
            if (words.size() != 2) {
                throw new Misread(words.get(words.size() - 1), "'.include' must be followed by the name of a file, and nothing else");
            }
            Includes.Included included = includes.read(new Origin(source, first.line()), words.get(1).text());
            own.addAll(included.findings());
            for (Includes.Text text : included.texts()) {
                new File(text.origin(), defaultHosts, text.includes(), entries, findings).parse(text.text());
            }
        }

        private void hostLine(Word word) {
            try {
                defaultHosts = hostsOf(word);
            } catch (Misread e) {
                defaultHosts = Hosts.unreadable(word.line());
                own.add(Finding.error(new Origin(source, word.line()), e.getMessage()
                        + "; what follows without a host of its own is skipped"));
            }
        }

        private Hosts hostsOf(Word word) throws Misread {
            return Hosts.read(rules, word, word.text().substring(0, word.text().length() - 1));
        }

        private void entry(LogicalLine line, List<Word> words, Draft draft) throws Misread {
            for (int i = 0; i < COLUMNS.size(); i++) {
                if (i >= words.size()) {
                    Word last = words.get(words.size() - 1);
                    throw new Misread(last, "the line ends after " + last.quoted() + ", where "
                            + COLUMNS.get(i).title() + " should follow");
                }
                COLUMNS.get(i).read(draft, words.get(i));
            }
            draft.arguments(words.subList(COLUMNS.size(), words.size()));
            List<ServiceEntry> read = draft.finish();
            warnOfDoubts(line, read.stream().anyMatch(ServiceEntry::isProgram));
            String protocol = words.get(Column.PROTOCOL.ordinal()).text();
            read.forEach(entry -> entries.add(new ReadEntry(entry, protocol)));
        }

        private void definition(LogicalLine line) throws Misread {
            Definition definition = line.definition().get(0);
            if (!definition.faults().isEmpty()) {
                throw definition.faults().get(0);
            }
            List<ServiceEntry> defined = new DefinedService(rules, line.words().get(0), defaultHosts,
                    new Origin(source, line.line()), this::warn).read(definition);
            if (definition.on()) {
                defined.forEach(entry -> entries.add(new ReadEntry(entry, entry.protocol().text())));
            }
        }

        /** Elsewhere in the family an indented line is an entry of its own, so one that looks like it deserves a word. */
        private void warnOfSwallowedLines(LogicalLine line) {
            for (int start : line.continuations()) {
                List<Word> added = line.words().subList(start, line.words().size());
                if (looksLikeEntry(added) || added.get(0).text().startsWith("#")) {
                    warn(added.get(0), "this line begins with a blank and so continues the entry of line "
                            + line.line() + "; " + added.get(0).quoted() + " is taken for one of its words");
                }
            }
        }
    }
}
