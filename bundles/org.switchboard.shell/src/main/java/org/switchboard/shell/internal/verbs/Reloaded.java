package org.switchboard.shell.internal.verbs;

import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.entry.Finding.Severity;

/** What {@code reload} did. */
public record Reloaded(ReloadReport report) implements WithExit {

    /** 0 if everything is as the sources say, 1 with errors or with services that do not run. */
    @Override
    public int exit() {
        return report.failed() > 0 || errors() > 0 ? 1 : 0;
    }

    @Override
    public String complaint() {
        return "reload: " + Counted.of(errors(), "error", "errors") + ", "
                + Counted.of(report.failed(), "service does not run", "services do not run");
    }

    private long errors() {
        return report.findings().stream().filter(finding -> finding.severity() == Severity.ERROR).count();
    }
}
