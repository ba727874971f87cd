package org.switchboard.shell.internal.verbs;

import org.switchboard.api.config.ConfigurationCheck;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Finding.Severity;

/**
 * What {@code check} found, and how that counts.
 *
 * @param strict whether warnings count as errors
 */
public record Checked(ConfigurationCheck.Result result, boolean strict) implements WithExit {

    /** 0 without errors, 1 with errors, 2 if a file cannot be read. */
    @Override
    public int exit() {
        if (!result.readable()) {
            return 2;
        }
        return result.findings().stream().anyMatch(this::counts) ? 1 : 0;
    }

    @Override
    public String complaint() {
        return result.readable() ? "check: " + tally() : "check: a file cannot be read";
    }

    /** How many errors and warnings there are. */
    public String tally() {
        return Counted.of(count(Severity.ERROR), "error", "errors") + ", "
                + Counted.of(count(Severity.WARNING), "warning", "warnings");
    }

    private long count(Severity severity) {
        return result.findings().stream().filter(finding -> finding.severity() == severity).count();
    }

    private boolean counts(Finding finding) {
        return strict || finding.severity() == Severity.ERROR;
    }
}
