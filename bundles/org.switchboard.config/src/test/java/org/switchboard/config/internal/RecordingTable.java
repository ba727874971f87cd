package org.switchboard.config.internal;

import java.util.ArrayList;
import java.util.List;
import org.switchboard.api.config.RejectedEntry;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.config.ServiceTable;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.ServiceEntry;

/** Remembers what was published, by the names of the entries, and says that all of it was opened. */
final class RecordingTable implements ServiceTable {

    static final Finding FINDING = Finding.error(new Origin("table", 0), "the table's own finding");

    final List<List<String>> published = new ArrayList<>();
    List<ServiceEntry> last = List.of();

    @Override
    public ReloadReport publish(String source, List<ServiceEntry> entries) {
        last = List.copyOf(entries);
        published.add(entries.stream().map(ServiceEntry::name).toList());
        return new ReloadReport(entries.size(), 0, 0, 0, 0, List.of(FINDING));
    }

    @Override
    public void reject(String source, List<RejectedEntry> entries) {
        published.add(entries.stream().map(RejectedEntry::name).toList());
    }

    @Override
    public void leave(String source) {
        published.add(List.of("left"));
    }
}
