package org.switchboard.config.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchboard.api.config.ConfigurationConversion.Converted;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.Includes;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.config.Written;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;

/**
 * Writes one file anew, line by line: entries in the other dialect where they began, comments as they are, and what cannot be
 * converted as a comment that says why.
 */
final class Conversion {

    private static final String REMARK = "# convert: ";

    private final Dialect target;
    private final ChosenDialect chosen;
    private final String form;
    private final List<String> lines;
    private final Map<Integer, List<ServiceEntry>> entries = new HashMap<>();
    private final Map<Integer, List<Finding>> findings = new HashMap<>();
    private final Set<Integer> directives = new HashSet<>();
    private final List<Finding> all = new ArrayList<>();
    private final StringBuilder result = new StringBuilder();
    /** Whether indented lines belong to an entry that has been written. */
    private boolean written;

    Conversion(Dialect source, Dialect target, String form, String origin, String text, ChosenDialect chosen) {
        this.target = target;
        this.chosen = chosen;
        this.form = form;
        this.lines = List.of((text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r\n|\r|\n", -1));
        Parsed parsed = source.parse(origin, text, (directive, pattern) -> {
            directives.add(directive.line());
            return new Includes.Included(List.of(), List.of());
        });
        List<ServiceEntry> complete = new ArrayList<>(parsed.entries());
        Parsed implied = source.implied(parsed.entries());
        complete.addAll(implied.entries());
        for (ServiceEntry entry : complete) {
            Defaults.NONE.applyTo(entry, source, all::add).forEach(with -> at(entries, entry.origin().line()).add(with));
        }
        all.addAll(parsed.findings());
        all.addAll(implied.findings());
        all.forEach(finding -> at(findings, finding.origin().line()).add(finding));
    }

    Converted convert() {
        result.append("# switchboard: dialect=").append(Settings.DIALECT).append('\n');
        if (!chosen.name().equals(Settings.DIALECT)) {
            result.append(REMARK).append("from the dialect '").append(chosen.name()).append("', ").append(chosen.reason()).append('\n');
        }
        int last = lines.size() - (lines.get(lines.size() - 1).isEmpty() ? 1 : 0);
        for (int i = 0; i < last; i++) {
            line(i + 1, lines.get(i));
        }
        return new Converted(true, result.toString(), all);
    }

    private void line(int number, String line) {
        List<Finding> found = findings.getOrDefault(number, List.of());
        found.forEach(finding -> result.append(REMARK).append(finding.severity()).append(": ").append(finding.message()).append('\n'));
        boolean broken = found.stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        String shown = line.strip();
        if (entries.containsKey(number)) {
            trailingComment(line, entries.get(number));
            entries.get(number).forEach(this::write);
            written = true;
        } else if (directives.contains(number)) {
            result.append(REMARK).append("what is included here is to be converted on its own\n").append(shown).append('\n');
            written = false;
        } else if (shown.isEmpty() || shown.startsWith("#")) {
            comment(number, shown);
        } else if (broken || !written || !Character.isWhitespace(line.charAt(0))) {
            result.append("# ").append(shown).append('\n');
            written &= !broken;
        } else {
            trailingComment(line, List.of());
        }
    }

    /** An indented comment would continue the entry before it. */
    private void comment(int number, String shown) {
        if (number > 1 || Dialects.namedIn(shown).isEmpty()) {
            result.append(shown).append('\n');
        }
    }

    /** In some dialects a comment may stand behind the words, and then no word holds its sign. */
    private void trailingComment(String line, List<ServiceEntry> here) {
        int hash = line.indexOf('#');
        boolean inWord = here.stream().anyMatch(entry -> (entry.name() + entry.arguments() + entry.options()).indexOf('#') >= 0);
        if (hash >= 0 && !inWord) {
            result.append(line.substring(hash)).append('\n');
        }
    }

    private void write(ServiceEntry entry) {
        Optional<Written> text = target.write(entry, form);
        if (text.isEmpty()) {
            throw new IllegalArgumentException(form);
        }
        for (String loss : text.get().losses()) {
            Finding lost = Finding.error(entry.origin(), "'" + entry.id() + "': " + loss + " in the form '" + form + "'; lost");
            all.add(lost);
            result.append(REMARK).append(lost.message()).append('\n');
        }
        if (text.get().text().isEmpty()) {
            result.append("# ").append(lines.get(entry.origin().line() - 1).strip()).append('\n');
        } else {
            result.append(text.get().text()).append('\n');
        }
    }

    private static <T> List<T> at(Map<Integer, List<T>> byLine, int line) {
        return byLine.computeIfAbsent(line, any -> new ArrayList<>());
    }
}
