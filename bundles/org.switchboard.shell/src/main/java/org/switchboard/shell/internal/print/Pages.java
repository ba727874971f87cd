package org.switchboard.shell.internal.print;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.config.ConfigurationCheck.ReadFile;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.ListenerDTO;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.shell.internal.verbs.Checked;
import org.switchboard.shell.internal.verbs.Counted;

/** What is shown one at a time. */
final class Pages {

    private static final int FEW_FILES = 3;
    private static final int LABEL_WIDTH = 12;

    private final InstantSource clock;
    private final Lists lists;

    Pages(InstantSource clock) {
        this.clock = clock;
        this.lists = new Lists(clock);
    }

    /** Everything about a service. */
    String service(ServiceDTO service) {
        List<String> lines = new ArrayList<>();
        lines.add(Table.plain(service.id));
        add(lines, "state", service.state.with(service.reason));
        if (service.state == EntryState.SUSPENDED) {
            add(lines, "opens", opens(service.resumesAt));
        }
        for (ListenerDTO listener : service.listeners) {
            add(lines, "listens on", listener.endpoint + " (" + listener.state + ")");
        }
        if (service.listeners.isEmpty()) {
            add(lines, "listens on", "nothing now");
        }
        add(lines, "service", service.name + ", " + service.protocol + (service.port == 0 ? "" : ", port " + service.port)
                + ", " + (service.address.isEmpty() ? "every address" : "address " + service.address));
        add(lines, "mode", service.mode);
        add(lines, "user", service.user.equals("-") ? "- (the server's own)" : service.user);
        servedBy(lines, service);
        new TreeMap<>(service.options).forEach((name, value) -> add(lines, "option", name + "=" + value));
        add(lines, "origin", service.origin);
        add(lines, "sessions", service.sessions + " now, " + service.starts + " started, " + service.refusals + " refused, "
                + service.failures + " failed" + (service.tookNothing == 0 ? "" : ", " + service.tookNothing
                + " took nothing"));
        service.notes.forEach(note -> add(lines, "note", note));
        return String.join("\n", lines);
    }

    String report(ReloadReport report) {
        List<String> lines = new ArrayList<>();
        report.findings().forEach(finding -> lines.add(Table.plain(finding.toString())));
        lines.add(report.summary());
        return String.join("\n", lines);
    }

    /** A table of the entries, the findings, and how many there are of each. */
    String checked(Checked checked) {
        List<String> lines = new ArrayList<>();
        lines.add(lists.entries(checked.result().entries()));
        for (Finding finding : checked.result().findings()) {
            lines.add(Table.plain(finding.toString()));
        }
        dialects(checked.result().files()).forEach(line -> lines.add(Table.plain(line)));
        lines.add(Counted.of(checked.result().entries().size(), "entry", "entries") + ", " + checked.tally());
        return String.join("\n", lines);
    }

    /** One line for each dialect and reason, with the files if they are few. */
    private static List<String> dialects(List<ReadFile> files) {
        Map<String, List<String>> sources = new LinkedHashMap<>();
        for (ReadFile file : files) {
            sources.computeIfAbsent("read in the dialect '" + file.dialect() + "', " + file.reason() + ": ", any -> new ArrayList<>())
                    .add(file.source());
        }
        List<String> lines = new ArrayList<>();
        sources.forEach((sentence, names) -> lines.add(sentence + (names.size() <= FEW_FILES ? String.join(", ", names)
                : names.size() + " files")));
        return lines;
    }

    private static void servedBy(List<String> lines, ServiceDTO service) {
        if (service.provider.equals(ServiceEntry.EXEC) && !service.arguments.isEmpty()) {
            add(lines, "program", service.arguments.get(0));
            add(lines, "arguments", quoted(service.arguments.subList(1, service.arguments.size())));
        } else {
            add(lines, "provider", service.provider);
            if (!service.arguments.isEmpty()) {
                add(lines, "arguments", quoted(service.arguments));
            }
        }
    }

    private String opens(Instant when) {
        if (when.equals(Instant.MAX)) {
            return "when it is resumed";
        }
        Duration left = Duration.between(clock.instant(), when);
        return "in " + Lists.span(left.isNegative() ? Duration.ZERO : left) + ", or when it is resumed";
    }

    private static void add(List<String> lines, String label, String value) {
        lines.add("  " + label + " ".repeat(LABEL_WIDTH - label.length()) + Table.plain(value));
    }

    /** Words with the ones in quotes that would not be seen as one word without. */
    private static String quoted(List<String> words) {
        return String.join(" ", words.stream().map(word -> word.matches("[^\\s'\"]+") ? word : "'" + word + "'").toList());
    }
}
