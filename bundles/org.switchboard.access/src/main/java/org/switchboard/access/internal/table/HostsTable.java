package org.switchboard.access.internal.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.switchboard.access.internal.option.OptionList;
import org.switchboard.access.internal.request.Request;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;

/**
 * One of the two files.
 *
 * <p>Source: hosts_access(5), ACCESS CONTROL FILES; hosts_options(5).
 */
public record HostsTable(List<HostsLine> lines) {

    public static final HostsTable EMPTY = new HostsTable(List.of());

    public HostsTable {
        lines = List.copyOf(lines);
    }

    /**
     * Reads the text of a file.
     *
     * @param path for the findings
     * @param findings gets what is wrong; a line that cannot be read is skipped, a pattern matches nothing, and a line with a bad
     *     option denies whom it matches
     */
    public static HostsTable parse(String path, String text, Consumer<Finding> findings) {
        List<HostsLine> lines = new ArrayList<>();
        for (LogicalLine line : LogicalLine.all(text)) {
            line(new Origin(path, line.number()), line, findings).ifPresent(lines::add);
        }
        return new HostsTable(lines);
    }

    private static Optional<HostsLine> line(Origin origin, LogicalLine line, Consumer<Finding> findings) {
        if (!line.isComplete()) {
            findings.accept(Finding.error(origin, "missing newline or line too long; line skipped"));
            return Optional.empty();
        }
        if (line.isEmpty()) {
            return Optional.empty();
        }
        List<String> parts = split(line.text());
        if (parts.size() < 2) {
            findings.accept(Finding.error(origin, "missing ':' separator; line skipped"));
            return Optional.empty();
        }
        OptionList options = parts.size() < 3 ? OptionList.NONE : OptionList.parse(parts.get(2));
        options.failure().ifPresent(failure -> findings.accept(Finding.error(origin, failure + "; whom the line matches is denied")));
        return Optional.of(HostsLine.parse(origin, parts.get(0), parts.get(1), options,
                complaint -> findings.accept(Finding.warning(origin, complaint))));
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

    /** The first line that matches. */
    public Optional<HostsLine> find(Request request) throws InterruptedException {
        for (HostsLine line : lines) {
            if (line.matches(request)) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }
}
