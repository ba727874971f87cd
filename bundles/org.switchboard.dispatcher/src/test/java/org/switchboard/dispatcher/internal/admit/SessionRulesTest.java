package org.switchboard.dispatcher.internal.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.switchboard.api.admission.AdmissionOptions;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.admission.SessionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.admission.Visit;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeVisit;

class SessionRulesTest {

    private final Admission admission = new Admission();
    private final SessionRules rules = admission.sessionRules();
    private final List<String> journal = new ArrayList<>();
    private final List<Lease> leases = new ArrayList<>();
    private final ServiceEntry guarded = Entries.entry("echo", Protocol.TCP4).options(Map.of("guard", "yes")).build();

    private static Map<String, Object> properties(long id, int ranking, String option) {
        return Map.of("service.id", id, "service.ranking", ranking, AdmissionOptions.PROPERTY, option);
    }

    private void rule(long id, int ranking, String option, Verdict verdict) {
        admission.addSessionRule(() -> {
            journal.add(option + " taken");
            return visit -> verdict;
        }, properties(id, ranking, option));
    }

    @Test
    void entriesWithoutAnOptionOfARuleDoNotConcernIt() {
        rule(1, 0, "guard", Verdict.admit());

        assertThat(rules.concern(Entries.tcp("echo"))).isFalse();
        assertThat(rules.concern(Entries.entry("echo", Protocol.TCP4).options(Map.of("other", "1")).build())).isFalse();
        assertThat(rules.concern(guarded)).isTrue();
        assertThat(journal).as("objects of rules that were asked for").isEmpty();
    }

    @Test
    void rulesAreAskedByRankingUntilOneSaysNo() throws Exception {
        ServiceEntry entry = Entries.entry("echo", Protocol.TCP4).options(Map.of("a", "1", "b", "1", "c", "1")).build();
        rule(1, -5, "a", Verdict.admit());
        rule(2, 5, "b", Verdict.refuse("no"));
        rule(3, 10, "c", Verdict.admit(() -> journal.add("back")));

        Verdict verdict = rules.judge(FakeVisit.from(entry, "192.0.2.7", 4711), leases);

        assertThat(verdict).isEqualTo(Verdict.refuse("no"));
        assertThat(journal).containsExactly("c taken", "b taken");
        assertThat(leases).hasSize(1);
    }

    @Test
    void aVisitWaitsForARuleThatIsAway() throws Exception {
        rule(1, 0, "guard", Verdict.admit());
        admission.removeSessionRule(properties(1, 0, "guard"));
        assertThat(rules.concern(guarded)).isTrue();
        FutureTask<Verdict> judgement = judgement();
        Thread judge = new Thread(judgement);
        judge.start();
        await(() -> judge.getState() == Thread.State.WAITING);

        rule(2, 0, "guard", Verdict.refuse("no"));

        assertThat(judgement.get(30, TimeUnit.SECONDS)).isEqualTo(Verdict.refuse("no"));
    }

    @Test
    void whoTakesARuleAwayWaitsForWhatItWasAsked() throws Exception {
        CountDownLatch said = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        admission.addSessionRule(() -> visit -> {
            asked.countDown();
            said.await();
            return Verdict.refuse("no");
        }, properties(1, 0, "guard"));
        FutureTask<Verdict> judgement = judgement();
        new Thread(judgement).start();
        asked.await();
        Thread remover = new Thread(() -> admission.removeSessionRule(properties(1, 0, "guard")));
        remover.start();
        await(() -> remover.getState() == Thread.State.TIMED_WAITING);

        said.countDown();

        remover.join();
        assertThat(judgement.get(30, TimeUnit.SECONDS)).isEqualTo(Verdict.refuse("no"));
    }

    @Test
    void whereARuleGoesWhileItIsAskedTheNextOneIs() throws Exception {
        admission.addSessionRule(() -> visit -> {
            new Thread(() -> admission.removeSessionRule(properties(1, 0, "guard"))).start();
            await(() -> !rules.owns("guard"));
            rule(2, 0, "guard", Verdict.refuse("no"));
            throw new NoClassDefFoundError("gone");
        }, properties(1, 0, "guard"));
        FutureTask<Verdict> judgement = judgement();

        judgement.run();

        assertThat(judgement.get()).isEqualTo(Verdict.refuse("no"));
    }

    @Test
    void aRuleWhoseObjectIsStillBeingMadeIsNotWaitedFor() throws Exception {
        admission.addSessionRule(() -> {
            admission.removeSessionRule(properties(1, 0, "guard"));
            rule(2, 0, "guard", Verdict.refuse("no"));
            return visit -> Verdict.admit();
        }, properties(1, 0, "guard"));
        FutureTask<Verdict> judgement = judgement();

        judgement.run();

        assertThat(judgement.get()).isEqualTo(Verdict.refuse("no"));
    }

    @Test
    void whenTheDispatcherGoesWhatIsUndecidedIsLeftToTheNext() throws Exception {
        admission.addSessionRule(() -> {
            throw new IllegalStateException("its own needs are gone already");
        }, properties(1, 0, "guard"));
        rules.patient(false);
        assertThat(rules.judge(FakeVisit.from(guarded, "192.0.2.7", 4711), leases)).isInstanceOf(Verdict.Pause.class);

        admission.removeSessionRule(properties(1, 0, "guard"));
        assertThat(rules.judge(FakeVisit.from(guarded, "192.0.2.7", 4711), leases)).isInstanceOf(Verdict.Pause.class);
    }

    private FutureTask<Verdict> judgement() {
        return new FutureTask<>(() -> rules.judge(FakeVisit.from(guarded, "192.0.2.7", 4711), leases));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aRuleThatThrowsRefuses() throws Exception {
        admission.addSessionRule(() -> {
            throw new IllegalStateException("no constructor");
        }, properties(1, 0, "guard"));

        assertThat(rules.judge(FakeVisit.from(guarded, "192.0.2.7", 4711), leases))
                .isEqualTo(Verdict.refuse("the rule of [guard] failed: java.lang.IllegalStateException: no constructor"));
    }

    @Test
    void theOwnerOfAnOptionChecksItsValue() {
        admission.addSessionRule(() -> new SessionRule() {
            @Override
            public Verdict judge(Visit visit) {
                return Verdict.admit();
            }

            @Override
            public Optional<String> objection(String option, String value) {
                return Optional.of("must be no");
            }
        }, properties(1, 0, "guard"));

        assertThat(admission.objections(guarded)).containsExactly("option 'guard' must be no, not 'yes'");
    }
}
