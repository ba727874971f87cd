package org.switchboard.config.internal;

import java.util.ArrayList;
import java.util.List;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;

/** Every line is the name of a service; {@code bad} is an error and {@code odd} a warning, and {@code crash} is a defect. */
final class WordDialect implements Dialect {

    @Override
    public Parsed parse(String origin, String text) {
        List<ServiceEntry> entries = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Origin here = new Origin(origin, i + 1);
            switch (lines.get(i)) {
                case "bad" -> findings.add(Finding.error(here, "a bad line; entry skipped"));
                case "odd" -> findings.add(Finding.warning(here, "an odd line"));
                case "crash" -> throw new IllegalStateException("defect");
                default -> entries.add(ServiceEntry.builder(lines.get(i), Protocol.TCP, here).build());
            }
        }
        return new Parsed(entries, findings);
    }
}
