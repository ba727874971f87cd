package org.switchboard.config.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchboard.api.config.ConfigurationCheck.ReadFile;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.posix.SystemText;

/** One reading of all files. What cannot be read keeps what it said in the previous reading. */
final class FileReading {

    /** So that a file of another kind does not flood the log; the last finding says how many more there are. */
    static final int MAX_FINDINGS_PER_FILE = 200;

    private final Settings settings;
    private final Dialects dialects;
    private final Snapshot previous;
    private final Map<Path, List<ServiceEntry>> files = new LinkedHashMap<>();
    private final Map<String, List<ServiceEntry>> byDialect = new HashMap<>();
    private final Map<String, Set<String>> includes = new HashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<ReadFile> read = new ArrayList<>();
    private final boolean pipes;
    private boolean readable = true;

    /** @param pipes whether files that are not regular are read as well */
    FileReading(Settings settings, Dialects dialects, Snapshot previous, boolean pipes) {
        this.pipes = pipes;
        this.settings = settings;
        this.dialects = dialects;
        this.previous = previous;
    }

    Snapshot read(List<Path> operands) {
        for (Path operand : operands) {
            try {
                for (Path file : Operands.filesOf(operand)) {
                    file(file);
                }
            } catch (IOException e) {
                readable = false;
                error(operand, "the directory cannot be listed: " + e.getMessage() + kept(previousUnder(operand)));
            }
        }
        for (Map.Entry<String, List<ServiceEntry>> read : byDialect.entrySet()) {
            implied(read.getKey(), read.getValue());
        }
        return new Snapshot(files, includes, findings, missing, readable).withoutDuplicates();
    }

    /** In which dialects the files were read. */
    List<ReadFile> dialectsOfFiles() {
        return read;
    }

    private void file(Path file) {
        try {
            TextFile content = pipes ? TextFile.readAny(file) : TextFile.read(file);
            OtherWriters.warning(file).ifPresent(findings::add);
            content.bytesFinding(SystemText.text(file)).ifPresent(findings::add);
            parse(file, content.text());
        } catch (IOException e) {
            readable = false;
            error(file, "the file " + e.getMessage() + kept(previousUnder(file)));
        }
    }

    private void parse(Path file, String text) {
        ChosenDialect chosen = ChosenDialect.of(file, text, settings.told());
        String name = chosen.name();
        read.add(chosen.read(file));
        Optional<Dialect> dialect = dialects.find(name);
        if (dialect.isEmpty()) {
            missing.add(name);
            error(file, "there is no dialect '" + name + "' to read it in" + kept(previousUnder(file)));
            return;
        }
        try {
            IncludedFiles included = new IncludedFiles(file);
            Parsed parsed = dialect.get().parse(SystemText.text(file), text, included);
            List<Finding> found = new ArrayList<>(parsed.findings());
            List<ServiceEntry> entries = new ArrayList<>(withDefaults(parsed.entries(), dialect.get(), found));
            entries.addAll(previous.below(included.unreadable()));
            includes.putAll(included.graph(previous));
            readable &= included.unreadable().isEmpty();
            files.put(file, entries);
            byDialect.putIfAbsent(name, new ArrayList<>());
            byDialect.get(name).addAll(entries);
            add(file, found);
        } catch (RuntimeException e) {
            // A dialect is somebody else's code, and one that fails must not take the other files with it.
            error(file, "dialect '" + name + "' failed: " + e + kept(previousUnder(file)));
        }
    }

    /** What a dialect concludes from all its files stands with the file that it names. */
    private void implied(String name, List<ServiceEntry> entries) {
        Optional<Dialect> dialect = dialects.find(name);
        try {
            Parsed parsed = dialect.isEmpty() ? new Parsed(List.of(), List.of()) : dialect.get().implied(entries);
            findings.addAll(parsed.findings());
            for (ServiceEntry entry : parsed.entries()) {
                files.merge(SystemText.path(entry.origin().source()), withDefaults(List.of(entry), dialect.get(), findings), Snapshot::both);
            }
        } catch (RuntimeException e) {
            findings.add(Finding.error(new Origin(name, 0), "dialect '" + name + "' failed: " + e
                    + "; what follows from all files together is missing"));
        }
    }

    private List<ServiceEntry> withDefaults(List<ServiceEntry> entries, Dialect dialect, List<Finding> found) {
        List<ServiceEntry> complete = new ArrayList<>(entries.size());
        for (ServiceEntry entry : entries) {
            complete.addAll(settings.defaults().applyTo(entry, dialect, found::add));
        }
        return complete;
    }

    private void add(Path file, List<Finding> found) {
        int more = found.size() - MAX_FINDINGS_PER_FILE;
        findings.addAll(more > 0 ? found.subList(0, MAX_FINDINGS_PER_FILE) : found);
        if (more > 0) {
            error(file, "and " + more + " more findings of which only the first " + MAX_FINDINGS_PER_FILE + " are shown");
        }
    }

    private void error(Path file, String message) {
        findings.add(Finding.error(new Origin(SystemText.text(file), 0), message));
    }

    /** Takes over what that file, or the files of that directory, said before. */
    private int previousUnder(Path operand) {
        int entries = 0;
        for (Map.Entry<Path, List<ServiceEntry>> before : previous.files().entrySet()) {
            if (before.getKey().startsWith(operand)) {
                files.put(before.getKey(), before.getValue());
                entries += before.getValue().size();
            }
        }
        return entries;
    }

    private static String kept(int entries) {
        return entries == 0 ? "; nothing is taken from it" : "; keeping its previous entries";
    }
}
