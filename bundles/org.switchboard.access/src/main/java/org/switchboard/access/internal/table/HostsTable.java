package org.switchboard.access.internal.table;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.switchboard.access.internal.request.Request;
import org.switchboard.access.internal.request.UndecidedException;
import org.switchboard.api.entry.Finding;

/**
 * One of the two files.
 *
 * <p>Source: hosts_access(5), ACCESS CONTROL FILES; hosts_options(5).
 */
public final class HostsTable {

    public static final HostsTable EMPTY = new HostsTable(List.of(), List.of());

    private final List<Rule> rules;
    private final List<Finding> findings;

    HostsTable(List<Rule> rules, List<Finding> findings) {
        this.rules = List.copyOf(rules);
        this.findings = List.copyOf(findings);
    }

    /**
     * A line for a client.
     *
     * @param undecided why it cannot be said whether it matches; empty if it does
     */
    public record Match(HostsLine line, Optional<String> undecided) {
    }

    /**
     * Reads the text of a file.
     *
     * @param path for the findings
     * @param later gets findings about files that the file names and that are read again
     * @throws IOException if there is more in it than there is memory for
     */
    public static HostsTable parse(String path, String text, Consumer<Finding> later) throws IOException {
        return new HostsTableReader(path, later).read(text);
    }

    /**
     * What is wrong with the file: a line that cannot be read is skipped, a pattern matches nothing, and a line with a
     * bad option denies whom it matches.
     */
    public List<Finding> findings() {
        return findings;
    }

    /**
     * The first line that matches. A line of which that cannot be said does not admit: if it would, it is passed over,
     * and otherwise it is the one.
     *
     * @param admits whether a line of this file admits, unless its options say otherwise
     */
    public Optional<Match> find(Request request, boolean admits) throws InterruptedException {
        for (Rule rule : rules) {
            try {
                Optional<HostsLine> line = rule.find(request);
                if (line.isPresent()) {
                    return line.map(found -> new Match(found, Optional.empty()));
                }
            } catch (UndecidedException undecided) {
                HostsLine line = rule.undecided(request);
                if (!line.options().admits(admits)) {
                    return Optional.of(new Match(line, Optional.of(undecided.getMessage())));
                }
            }
        }
        return Optional.empty();
    }
}
