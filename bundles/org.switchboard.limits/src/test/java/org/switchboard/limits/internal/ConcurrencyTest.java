package org.switchboard.limits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.testkit.AdmissionRuleContract;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeArrival;

class ConcurrencyTest implements AdmissionRuleContract {

    private static final Verdict WAIT = Verdict.pause(Instant.MAX, "instances");
    private static final Verdict REFUSED = Verdict.refuse("per_source");

    private final Concurrency rule = new Concurrency();

    @Override
    public AdmissionRule rule() {
        return rule;
    }

    @Override
    public Map<String, String> goodOptions() {
        return Map.of("instances", "2000", "per_source", "UNLIMITED");
    }

    private static ServiceEntry with(String option, String value) {
        return Entries.entry("limited", Protocol.TCP4).options(Map.of(option, value)).build();
    }

    private Verdict from(ServiceEntry entry, String address) {
        return rule.check(FakeArrival.from(entry, address, 4711));
    }

    private static void end(Verdict session) {
        ((Verdict.Admit) session).lease().release();
    }

    @Test
    void atTheLimitClientsWaitUntilASessionEnds() {
        ServiceEntry two = with("instances", "2");
        Verdict first = from(two, "192.0.2.7");
        from(two, "192.0.2.8");

        assertThat(from(two, "192.0.2.9")).isEqualTo(WAIT);
        end(first);
        assertThat(from(two, "192.0.2.9")).isInstanceOf(Verdict.Admit.class);
        assertThat(from(two, "192.0.2.9")).isEqualTo(WAIT);
    }

    @Test
    void sessionsFromBeforeTheLimitCount() {
        assertThat(rule.check(FakeArrival.from(with("instances", "2"), "192.0.2.7", 4711).whileRunning(2))).isEqualTo(WAIT);
    }

    @Test
    void anAddressWithAsManySessionsAsItMayHaveIsRefused() {
        ServiceEntry one = with("per_source", "1");
        Verdict first = from(one, "192.0.2.7");

        assertThat(from(one, "192.0.2.7")).isEqualTo(REFUSED);
        assertThat(from(one, "192.0.2.8")).isInstanceOf(Verdict.Admit.class);
        end(first);
        assertThat(from(one, "192.0.2.7")).isInstanceOf(Verdict.Admit.class);
    }

    @Test
    void aClientThatWouldBeRefusedDoesNotWaitForThat() {
        ServiceEntry both = Entries.entry("limited", Protocol.TCP4).options(Map.of("per_source", "1", "instances", "1")).build();
        from(both, "192.0.2.7");

        assertThat(from(both, "192.0.2.7")).isEqualTo(REFUSED);
        assertThat(from(both, "192.0.2.8")).isEqualTo(WAIT);
    }

    @Test
    void sessionsAreStillCountedWhenTheEntryChanges() {
        ServiceEntry two = with("per_source", "2");
        from(two, "192.0.2.7");
        rule.forget(two);

        assertThat(from(with("per_source", "1"), "192.0.2.7")).isEqualTo(REFUSED);
    }

    @Test
    void unlimitedIsALimitThatNobodyReaches() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(from(with("instances", "UNLIMITED"), "192.0.2.7")).isInstanceOf(Verdict.Admit.class);
        }
    }
}
