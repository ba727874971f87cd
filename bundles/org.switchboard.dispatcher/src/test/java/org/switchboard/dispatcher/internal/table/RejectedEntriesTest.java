package org.switchboard.dispatcher.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchboard.api.config.RejectedEntry;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.runtime.EntryState;

class RejectedEntriesTest {

    private final RejectedEntries rejected = new RejectedEntries();

    private static RejectedEntry entry(String name) {
        return new RejectedEntry(name, "tcp", "", 0, "", new Origin(name + ".cfg", 0), "wrong", List.of());
    }

    private List<String> ids() {
        return rejected.services().stream().map(service -> service.id).toList();
    }

    @Test
    void eachIsShownAsFailedWithItsReason() {
        rejected.put("configurations", List.of(entry("ftp")));

        assertThat(rejected.services()).singleElement().satisfies(service -> {
            assertThat(service.state).isEqualTo(EntryState.FAILED);
            assertThat(service.reason).isEqualTo("wrong");
            assertThat(service.origin).isEqualTo("ftp.cfg");
        });
        assertThat(rejected.notes("ftp/tcp")).containsExactly("not used: ftp.cfg: wrong");
    }

    @Test
    void theyStayWhileTheirSourceIsAwayAndAreForgottenUnlessItIsBack() {
        rejected.put("configurations", List.of(entry("ftp")));
        rejected.leave("configurations");
        assertThat(ids()).containsExactly("ftp/tcp");

        rejected.put("configurations", List.of(entry("dns")));
        rejected.forget("configurations");
        assertThat(ids()).containsExactly("dns/tcp");

        rejected.leave("configurations");
        rejected.forget("configurations");
        assertThat(ids()).isEmpty();
    }
}
