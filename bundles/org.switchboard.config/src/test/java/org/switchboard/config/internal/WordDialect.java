package org.switchboard.config.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.Includes;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.config.Written;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;

/**
 * Every line is the name of a service; {@code bad} is an error and {@code odd} a warning, and {@code crash} is a defect.
 * {@code <pattern} includes files, {@code name!} is a program, and {@code name option=value} has an option.
 */
final class WordDialect implements Dialect {

    private final Map<String, String> defaults;

    WordDialect() {
        this(Map.of());
    }

    WordDialect(Map<String, String> defaults) {
        this.defaults = defaults;
    }

    @Override
    public Map<String, String> defaults(ServiceEntry entry) {
        return defaults;
    }

    /** In capitals; in the form «short» without options. What begins with a question mark cannot be written. */
    @Override
    public Optional<Written> write(ServiceEntry entry, String form) {
        List<String> losses = form.equals("short") && !entry.options().isEmpty()
                ? List.of("options " + entry.options() + " have no place") : List.of();
        return entry.name().startsWith("?") ? Optional.of(new Written("", List.of("this entry cannot be written")))
                : form.equals("long") || form.equals("short")
                ? Optional.of(new Written(entry.name().toUpperCase(java.util.Locale.ROOT), losses)) : Optional.empty();
    }

    @Override
    public Parsed parse(String origin, String text) {
        return parse(origin, text, (directive, pattern) -> new Includes.Included(List.of(), List.of()));
    }

    @Override
    public Parsed parse(String origin, String text, Includes includes) {
        List<ServiceEntry> entries = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Origin here = new Origin(origin, i + 1);
            String line = lines.get(i);
            if (line.startsWith("<")) {
                include(includes.read(here, line.substring(1)), entries, findings);
                continue;
            }
            switch (line) {
                case "bad" -> findings.add(Finding.error(here, "a bad line; entry skipped"));
                case "odd" -> findings.add(Finding.warning(here, "an odd line"));
                case "crash" -> throw new IllegalStateException("defect");
                default -> {
                    if (!line.startsWith("#") && !line.isBlank() && line.charAt(0) != ' ') {
                        entries.add(entry(line, here));
                    }
                }
            }
        }
        return new Parsed(entries, findings);
    }

    private void include(Includes.Included included, List<ServiceEntry> entries, List<Finding> findings) {
        findings.addAll(included.findings());
        for (Includes.Text text : included.texts()) {
            Parsed parsed = parse(text.origin(), text.text(), text.includes());
            entries.addAll(parsed.entries());
            findings.addAll(parsed.findings());
        }
    }

    private static ServiceEntry entry(String line, Origin here) {
        String[] words = line.split("[ =]");
        String name = words[0].replace("!", "");
        ServiceEntry.Builder entry = ServiceEntry.builder(name, Protocol.TCP, here);
        if (words[0].endsWith("!")) {
            entry.program("/bin/" + name, List.of(name));
        }
        return words.length < 3 ? entry.build() : entry.options(Map.of(words[1], words[2])).build();
    }
}
