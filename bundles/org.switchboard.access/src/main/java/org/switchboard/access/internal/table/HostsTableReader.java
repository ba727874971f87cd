package org.switchboard.access.internal.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.switchboard.access.internal.option.OptionList;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;

/** One reading of a file. Lines in a row that name addresses for the same daemons become one block. */
final class HostsTableReader {

    /** Each takes about 150 bytes of memory; plain addresses, which take eight, do not count. */
    static final int MAX_PATTERNS = 100_000;

    static final String TOO_MANY = "more than " + MAX_PATTERNS + " patterns that are not plain IPv4 addresses";

    /** So that a file of another kind does not flood the log; the last finding says how many more there are. */
    static final int MAX_FINDINGS = 200;

    private final String path;
    private final Consumer<Finding> later;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private int moreFindings;
    private int patterns;
    private AddressBlock.Builder block = new AddressBlock.Builder();
    private String blockDaemons = "";
    private int blockStart;

    private volatile boolean finished;

    HostsTableReader(String path, Consumer<Finding> later) {
        this.path = path;
        this.later = later;
    }

    HostsTable read(String text) throws IOException {
        LogicalLine.each(text, this::line);
        endBlock();
        if (moreFindings > 0) {
            findings.add(Finding.error(new Origin(path, 0), "and " + moreFindings
                    + " more findings, of which only the first "
                    + MAX_FINDINGS + " are shown"));
        }
        finished = true;
        return new HostsTable(rules, findings);
    }

    private void line(LogicalLine line) throws IOException {
        if (!line.isComplete()) {
            error(line.number(), "missing newline or line too long; line skipped");
        } else if (!line.isEmpty()) {
            List<String> parts = split(line.text());
            if (parts.size() < 2) {
                error(line.number(), "missing ':' separator; line skipped");
            } else if (parts.size() > 2 || !addresses(line.number(), parts.get(0), parts.get(1))) {
                endBlock();
                rule(line.number(), parts);
            }
        }
    }

    private void rule(int number, List<String> parts) throws IOException {
        OptionList options = parts.size() < 3 ? OptionList.NONE : OptionList.parse(parts.get(2));
        options.failure().ifPresent(failure -> error(number, failure + "; whom the line matches is denied"));
        HostsLine line = HostsLine.parse(new Origin(path, number), parts.get(0), parts.get(1), options,
                complaint -> error(number, complaint));
        add(line, line.size());
    }

    private void add(Rule rule, int size) throws IOException {
        patterns += 1 + size;
        if (patterns > MAX_PATTERNS) {
            throw new IOException(TOO_MANY);
        }
        rules.add(rule);
    }

    private boolean addresses(int number, String daemons, String clients) throws IOException {
        if (!daemons.equals(blockDaemons)) {
            endBlock();
            blockDaemons = daemons;
        }
        blockStart = block.isEmpty() ? number : blockStart;
        return block.add(clients, number);
    }

    private void endBlock() throws IOException {
        if (!block.isEmpty()) {
            PatternList<DaemonPattern> daemons = PatternList.parse(blockDaemons,
                    word -> DaemonPattern.parse(word, complaint -> error(blockStart, complaint)));
            add(block.build(path, daemons), daemons.size());
            block = new AddressBlock.Builder();
        }
    }

    private void error(int line, String message) {
        if (finished) {
            later.accept(Finding.error(new Origin(path, line), message));
        } else if (findings.size() < MAX_FINDINGS) {
            findings.add(Finding.error(new Origin(path, line), message));
        } else {
            moreFindings++;
        }
    }

    /** At the first two colons that are not inside brackets. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int brackets = 0;
        for (int i = 0; i < text.length() && parts.size() < 2; i++) {
            char c = text.charAt(i);
            if (c == '[') {
                brackets++;
            } else if (c == ']') {
                brackets--;
            } else if (c == ':' && brackets <= 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
