package org.switchboard.dispatcher.internal.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.Arrival;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeArrival;

class AdmissionPeriodTest {

    private static final int THREADS = 8;
    private static final int CLIENTS = 50;
    private static final Verdict.Suspend CLOSED = new Verdict.Suspend(Instant.MAX, "by the operator");
    private static final Verdict.Suspend FLOODED = new Verdict.Suspend(Instant.MAX, "flooded");

    private final AtomicReference<Optional<Verdict.Suspend>> operator = new AtomicReference<>(Optional.empty());
    private final List<AdmissionPeriod> told = new ArrayList<>();
    private final AdmissionPeriod period = new AdmissionPeriod(operator::get, told::add);
    private final Admission admission = new Admission();
    private final Arrival arrival = FakeArrival.from(Entries.tcp("echo"), "192.0.2.7", 4711);

    /** Admits so many, suspends at the next, and admits as many more if it is asked after that. */
    private static final class Limit implements AdmissionRule {
        private final int limit;
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger forgotten = new AtomicInteger();

        Limit(int limit) {
            this.limit = limit;
        }

        @Override
        public Verdict check(Arrival arrival) {
            return asked.incrementAndGet() > limit ? FLOODED : Verdict.admit();
        }

        @Override
        public void forget(ServiceEntry entry) {
            asked.set(0);
            forgotten.incrementAndGet();
        }
    }

    private Limit limit(int limit) {
        Limit rule = new Limit(limit);
        admission.add(rule, Map.of());
        return rule;
    }

    private boolean isAdmitted() {
        return admission.check(arrival, period, new ArrayList<>()) instanceof Verdict.Admit;
    }

    @RepeatedTest(20)
    void atOnceAndFromManyThreadsExactlyAsManyAreAdmittedAsTheLimitSays() throws Exception {
        limit(3);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            counts.add(threads.submit(() -> {
                start.await();
                int admitted = 0;
                for (int client = 0; client < CLIENTS; client++) {
                    admitted += isAdmitted() ? 1 : 0;
                }
                return admitted;
            }));
        }
        int admitted = 0;
        for (Future<Integer> count : counts) {
            admitted += count.get();
        }
        threads.shutdown();

        assertThat(admitted).isEqualTo(3);
        assertThat(told).as("told once").containsExactly(period);
    }

    @Test
    void noRuleIsAskedWhileTheEntryIsSuspendedNorDoesItForgetBeforeThatIsOver() {
        Limit rule = limit(1);
        assertThat(isAdmitted()).isTrue();
        assertThat(isAdmitted()).isFalse();
        assertThat(isAdmitted()).isFalse();
        assertThat(rule.asked).hasValue(2);
        assertThat(rule.forgotten).hasValue(0);

        period.end();

        assertThat(rule.forgotten).hasValue(1);
    }

    @Test
    void aVerdictThatComesAfterTheEndOfItsPeriodSuspendsNothing() {
        period.end();
        period.suspend(FLOODED);

        assertThat(period.inForce(FLOODED)).as("this client is not served").isEqualTo(FLOODED);
        assertThat(period.suspension()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void whatTheOperatorSuspendsIsSuspendedInEveryPeriodAlsoForThoseWhoAreBeingJudged() {
        operator.set(Optional.of(CLOSED));

        assertThat(isAdmitted()).isFalse();
        assertThat(period.inForce(Verdict.admit())).isEqualTo(CLOSED);
        period.end();
        assertThat(period.inForce(Verdict.admit())).isEqualTo(CLOSED);
        operator.set(Optional.empty());
        assertThat(period.inForce(Verdict.admit())).isEqualTo(Verdict.admit());
    }

    @Test
    void whomALimitHasAdmittedIsServedThoughTheNextOneSuspendsTheEntry() {
        limit(1);
        isAdmitted();
        isAdmitted();

        assertThat(period.suspension()).contains(FLOODED);
        assertThat(period.inForce(Verdict.admit())).isEqualTo(Verdict.admit());
    }

    @Test
    void whenASessionRuleSuspendsTheEntryNobodyElseWhoIsBeingJudgedIsServed() {
        assertThat(period.inForce(FLOODED)).isEqualTo(FLOODED);

        assertThat(period.inForce(Verdict.admit())).isEqualTo(FLOODED);
        assertThat(period.inForce(Verdict.refuse("no"))).isEqualTo(Verdict.refuse("no"));
        assertThat(isAdmitted()).isFalse();
    }

    @Test
    void aSuspensionInTheMomentInWhichTheRulesAreAskedCounts() {
        admission.add(asked -> {
            operator.set(Optional.of(CLOSED));
            return Verdict.admit();
        }, Map.of());

        assertThat(isAdmitted()).isFalse();
    }
}
