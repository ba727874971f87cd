package org.switchboard.logging.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

class ForwardingTest {

    private final List<LogEntry> kept = new ArrayList<>();
    private final List<Long> forwarded = new ArrayList<>();
    private final Forwarding forwarding = new Forwarding(new Reader(), entry -> forwarded.add(entry.getSequence()), -1);

    /** Keeps entries, newest first, and tells nobody. */
    private final class Reader implements LogReaderService {
        @Override
        public void addLogListener(LogListener listener) {
            // Entries are delivered by the test.
        }

        @Override
        public void removeLogListener(LogListener listener) {
            // Entries are delivered by the test.
        }

        @Override
        public Enumeration<LogEntry> getLog() {
            return Collections.enumeration(kept);
        }
    }

    private LogEntry keep(long sequence) {
        LogEntry entry = Entries.entry(sequence, LogLevel.INFO, "a", "message");
        kept.add(0, entry);
        return entry;
    }

    @Test
    void whatWasLoggedBeforeComesFirst() {
        keep(1);
        keep(2);
        forwarding.start();
        forwarding.logged(keep(3));
        assertThat(forwarded).containsExactly(1L, 2L, 3L);
    }

    @Test
    void nothingComesTwice() {
        LogEntry first = keep(1);
        forwarding.start();
        forwarding.logged(first);
        assertThat(forwarded).containsExactly(1L);
    }

    @Test
    void whatOvertookAnotherOnItsWayDoesNotReplaceIt() {
        forwarding.start();
        LogEntry first = keep(1);
        forwarding.logged(keep(2));
        forwarding.logged(first);
        forwarding.close();
        assertThat(forwarded).containsExactly(2L, 1L);
    }

    @Test
    void whatAnEarlierOnePassedOnIsNotPassedOnAgain() {
        keep(0);
        forwarding.start();
        forwarding.logged(keep(1));
        forwarding.close();
        keep(2);

        Forwarding next = new Forwarding(new Reader(), entry -> forwarded.add(entry.getSequence()), forwarding.last());
        next.start();

        assertThat(forwarded).containsExactly(0L, 1L, 2L);
    }

    @Test
    void whatIsStillOnItsWayAtTheEndIsNotLost() {
        forwarding.start();
        keep(1);
        forwarding.close();
        assertThat(forwarded).containsExactly(1L);
    }
}
