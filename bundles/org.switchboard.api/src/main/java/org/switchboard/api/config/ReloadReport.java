package org.switchboard.api.config;

import java.util.ArrayList;
import java.util.List;
import org.switchboard.api.entry.Finding;

/**
 * What a publication changed.
 *
 * @param opened entries whose listeners were opened
 * @param kept entries that did not change; their listeners were not touched
 * @param updated entries whose details changed under the open listener
 * @param closed entries that are gone, or moved to another endpoint, and whose listeners were closed
 * @param failed entries that should listen and do not; each has a finding that says why
 */
public record ReloadReport(int opened, int kept, int updated, int closed, int failed, List<Finding> findings) {

    /** Nothing changed. */
    public static final ReloadReport EMPTY = new ReloadReport(0, 0, 0, 0, 0, List.of());

    public ReloadReport {
        findings = List.copyOf(findings);
    }

    /** Both changes together. */
    public ReloadReport plus(ReloadReport other) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(other.findings);
        return new ReloadReport(opened + other.opened, kept + other.kept, updated + other.updated, closed + other.closed,
                failed + other.failed, all);
    }

    /** The same change, with findings that were known before it in front. */
    public ReloadReport after(List<Finding> earlier) {
        return new ReloadReport(0, 0, 0, 0, 0, earlier).plus(this);
    }

    /** {@code opened=2 kept=5 updated=1 closed=1 failed=0}. */
    public String summary() {
        return "opened=" + opened + " kept=" + kept + " updated=" + updated + " closed=" + closed + " failed=" + failed;
    }
}
