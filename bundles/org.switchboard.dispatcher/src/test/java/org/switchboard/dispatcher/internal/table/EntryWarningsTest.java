package org.switchboard.dispatcher.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;

class EntryWarningsTest {

    private static final Origin LINE = new Origin("inetd.conf", 1);
    private final EntryWarnings warnings = new EntryWarnings();

    @Test
    void warningsAreFoundByWhatTheyAreAboutAndErrorsAreNot() {
        warnings.put("files", List.of(Finding.warning(LINE, "odd"), Finding.error(LINE, "wrong"),
                Finding.warning(new Origin("inetd.conf", 2), "other")));

        assertThat(warnings.of(LINE)).containsExactly("odd");
    }

    @Test
    void theyStayWhileTheirSourceIsAwayAndAreForgottenUnlessItIsBack() {
        warnings.put("files", List.of(Finding.warning(LINE, "odd")));
        warnings.leave("files");
        assertThat(warnings.of(LINE)).containsExactly("odd");
        warnings.put("files", List.of(Finding.warning(LINE, "odder")));
        warnings.forget("files");
        assertThat(warnings.of(LINE)).containsExactly("odder");
        warnings.leave("files");
        warnings.forget("files");
        assertThat(warnings.of(LINE)).isEmpty();
    }
}
