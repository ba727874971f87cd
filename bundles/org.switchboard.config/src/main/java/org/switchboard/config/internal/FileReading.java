package org.switchboard.config.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.ServiceEntry;

/** One reading of all files. What cannot be read keeps what it said in the previous reading. */
final class FileReading {

    /** So that a file of another kind does not flood the log; the last finding says how many more there are. */
    static final int MAX_FINDINGS_PER_FILE = 200;

    private final Optional<Dialect> dialect;
    private final String dialectName;
    private final Snapshot previous;
    private final Map<Path, List<ServiceEntry>> files = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private boolean readable = true;

    FileReading(String dialectName, Optional<Dialect> dialect, Snapshot previous) {
        this.dialectName = dialectName;
        this.dialect = dialect;
        this.previous = previous;
    }

    Snapshot read(List<Path> operands) {
        for (Path operand : operands) {
            try {
                Operands.filesOf(operand).forEach(this::file);
            } catch (IOException e) {
                readable = false;
                error(operand, "the directory cannot be listed: " + e.getMessage() + kept(previousUnder(operand)));
            }
        }
        return new Snapshot(files, findings, readable).withoutDuplicates();
    }

    private void file(Path file) {
        try {
            TextFile content = TextFile.read(file);
            if (!content.utf8()) {
                findings.add(Finding.warning(new Origin(file.toString(), 0), "the file is not UTF-8; read as ISO 8859-1"));
            }
            parse(file, content.text());
        } catch (IOException e) {
            readable = false;
            error(file, "the file " + e.getMessage() + kept(previousUnder(file)));
        }
    }

    private void parse(Path file, String text) {
        if (dialect.isEmpty()) {
            error(file, "there is no dialect '" + dialectName + "' to read it in" + kept(previousUnder(file)));
            return;
        }
        try {
            Parsed parsed = dialect.get().parse(file.toString(), text);
            files.put(file, parsed.entries());
            add(file, parsed.findings());
        } catch (RuntimeException e) {
            // A dialect is somebody else's code, and one that fails must not take the other files with it.
            error(file, "dialect '" + dialectName + "' failed: " + e + kept(previousUnder(file)));
        }
    }

    private void add(Path file, List<Finding> found) {
        int more = found.size() - MAX_FINDINGS_PER_FILE;
        findings.addAll(more > 0 ? found.subList(0, MAX_FINDINGS_PER_FILE) : found);
        if (more > 0) {
            error(file, "and " + more + " more findings of which only the first " + MAX_FINDINGS_PER_FILE + " are shown");
        }
    }

    private void error(Path file, String message) {
        findings.add(Finding.error(new Origin(file.toString(), 0), message));
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
