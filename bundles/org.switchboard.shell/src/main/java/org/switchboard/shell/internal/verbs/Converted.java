package org.switchboard.shell.internal.verbs;

import org.switchboard.api.config.ConfigurationConversion;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Finding.Severity;

/** What {@code convert} made of a file. */
public record Converted(ConfigurationConversion.Converted result) implements WithExit {

    /** 0 if the new file says the same, 1 if something was lost or could not be read, 2 if the file cannot be converted. */
    @Override
    public int exit() {
        if (!result.readable()) {
            return 2;
        }
        return result.findings().stream().anyMatch(finding -> finding.severity() == Severity.ERROR) ? 1 : 0;
    }

    @Override
    public String complaint() {
        return result.readable() ? "convert: something was lost, the text says what"
                : "convert: the file cannot be converted";
    }

    /** The new file, or why there is none; without a newline at the end. */
    public String text() {
        return result.readable() ? result.text().stripTrailing()
                : String.join("\n", result.findings().stream().map(Finding::toString).toList());
    }
}
