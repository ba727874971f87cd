package org.switchboard.shell.internal.verbs;

import org.switchboard.api.config.ConfigurationCheck;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Finding.Severity;

/**
 * What {@code check} found, and how that counts.
 *
 * @param strict whether warnings count as errors
 */
public record Checked(ConfigurationCheck.Result result, boolean strict) {

    /** 0 without errors, 1 with errors, 2 if a file cannot be read. */
    public int exit() {
        if (!result.readable()) {
            return 2;
        }
        return result.findings().stream().anyMatch(this::counts) ? 1 : 0;
    }

    /** How many findings have that severity. */
    public long count(Severity severity) {
        return result.findings().stream().filter(finding -> finding.severity() == severity).count();
    }

    private boolean counts(Finding finding) {
        return strict || finding.severity() == Severity.ERROR;
    }
}
