package org.switchboard.dispatcher.internal.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.switchboard.api.admission.AdmissionOptions;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.Arrival;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeArrival;
import org.switchboard.testkit.ManualClock;

class AdmissionTest {

    private final ManualClock clock = ManualClock.at("2026-11-22T20:51:33Z");
    private final Admission admission = new Admission(clock);
    private final List<String> journal = new ArrayList<>();
    private final AdmissionPeriod period = AdmissionPeriod.unwatched();
    private final List<Lease> leases = new ArrayList<>();
    private final Arrival arrival = FakeArrival.from(Entries.tcp("echo"), "192.0.2.7", 4711);

    private void rule(String name, int ranking, Verdict verdict) {
        admission.add(asked -> {
            journal.add(name);
            return verdict;
        }, Map.of("service.ranking", ranking, "service.id", (long) journal.size()));
    }

    @Test
    void rulesAreAskedByRankingUntilOneSaysNo() {
        rule("last", -5, Verdict.admit());
        rule("second", 5, Verdict.refuse("full"));
        rule("first", 10, Verdict.admit());

        assertThat(admission.check(arrival, period, leases)).isEqualTo(Verdict.refuse("full"));
        assertThat(journal).containsExactly("first", "second");
    }

    @Test
    void theOwnerOfAnOptionSaysThatItHasNoEffectForTheEntry() {
        admission.add(new AdmissionRule() {
            @Override
            public Verdict check(Arrival asked) {
                return Verdict.admit();
            }

            @Override
            public Optional<String> noEffect(String option, ServiceEntry entry) {
                return option.equals("works") ? Optional.empty() : Optional.of("nobody counts");
            }
        }, Map.of(AdmissionOptions.PROPERTY, new String[] {"works", "limit"}));
        ServiceEntry entry = Entries.entry("echo", Protocol.UDP).options(Map.of("works", "1", "limit", "2", "backlog",
                "3")).build();

        assertThat(admission.withoutEffect(entry)).containsExactly(
                "option 'backlog' has no effect: only connections are queued until they are accepted",
                "option 'limit' has no effect: nobody counts");
    }

    @Test
    void anOptionThatNobodyWroteForTheEntryIsNotMentioned() {
        ServiceEntry written = Entries.entry("echo", Protocol.UDP).options(Map.of("backlog", "3")).build();
        ServiceEntry implied = new ServiceEntry(written.name(), written.socketType(), written.protocol(),
                written.address(),
                written.port(), written.mode(), written.identity(), written.provider(), written.arguments(),
                written.options(),
                Set.of("backlog"), written.origin());

        assertThat(admission.withoutEffect(implied)).isEmpty();
    }

    @Test
    void leasesGoBackNewestFirstEvenIfOneOfThemThrows() {
        rule("first", 2, Verdict.admit(() -> journal.add("first back")));
        rule("broken", 1, Verdict.admit(() -> {
            throw new IllegalStateException("broken lease");
        }));
        rule("third", 0, Verdict.admit(() -> journal.add("third back")));
        admission.check(arrival, period, leases);
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> journal.add(failure.getMessage()));

        Admission.release(leases);

        Thread.currentThread().setUncaughtExceptionHandler(null);
        assertThat(journal).containsExactly("first", "broken", "third", "third back", "broken lease", "first back");
    }

    @Test
    void anErrorOfARuleRefusesAndKeepsNoOtherFromForgetting() {
        admission.add(new AdmissionRule() {
            @Override
            public Verdict check(Arrival asked) {
                throw new Error("oops");
            }

            @Override
            public void forget(ServiceEntry entry) {
                throw new Error("oops");
            }
        }, Map.of("service.ranking", 2, "service.id", 1L));
        admission.add(new AdmissionRule() {
            @Override
            public Verdict check(Arrival asked) {
                return Verdict.admit();
            }

            @Override
            public void forget(ServiceEntry entry) {
                journal.add("forgot");
            }
        }, Map.of("service.ranking", 1, "service.id", 2L));

        assertThat(admission.check(arrival, period, leases)).isInstanceOf(Verdict.Refuse.class);
        admission.forget(arrival.entry());
        assertThat(journal).containsExactly("forgot");
    }

    @Test
    void aRuleThatThrowsRefuses() {
        admission.add(asked -> {
            throw new IllegalStateException("oops");
        }, Map.of());

        assertThat(admission.check(arrival, period, leases)).isInstanceOf(Verdict.Refuse.class);
    }

    @Test
    void anOptionHasAnOwnerWhoJudgesItsValue() {
        admission.add(new AdmissionRule() {
            @Override
            public Verdict check(Arrival asked) {
                return Verdict.admit();
            }

            @Override
            public Optional<String> objection(String option, String value) {
                return value.equals("7") ? Optional.empty() : Optional.of("must be 7");
            }
        }, Map.of(AdmissionOptions.PROPERTY, "seven"));

        assertThat(objections(Map.of("seven", "7"))).isEmpty();
        assertThat(objections(Map.of("seven", "8"))).containsExactly("option 'seven' must be 7, not '8'");
        assertThat(objections(Map.of("sevn", "7"))).containsExactly("nobody here knows option 'sevn'; nobody is served until somebody does");
        assertThat(objections(Map.of("backlog", "1"))).as("an option of the server itself").isEmpty();
    }

    @Test
    void whileTheOwnerOfAnOptionIsAwayItsClientsWaitAndNoOthers() {
        AdmissionRule owner = asked -> Verdict.admit();
        Arrival guarded = FakeArrival.from(Entries.entry("x", Protocol.TCP).options(Map.of("guard", "1", "backlog", "1")).build(),
                "192.0.2.7", 4711);
        List<String> changes = new ArrayList<>();
        admission.onChange(() -> changes.add(admission.unowned(guarded.entry()).orElse("none")));

        assertThat(admission.check(guarded, period, leases)).isInstanceOf(Verdict.Pause.class);
        admission.add(owner, Map.of(AdmissionOptions.PROPERTY, "guard"));
        assertThat(admission.check(guarded, period, leases)).isEqualTo(Verdict.admit());
        admission.remove(owner);
        assertThat(admission.check(guarded, period, leases)).isEqualTo(Verdict.pause(clock.instant().plusMillis(100), "rule"));
        assertThat(admission.check(arrival, period, leases)).isEqualTo(Verdict.admit());
        admission.addSessionRule(() -> visit -> Verdict.admit(), Map.of("service.id", 1L, AdmissionOptions.PROPERTY, "guard"));
        assertThat(admission.check(guarded, period, leases)).isEqualTo(Verdict.admit());
        assertThat(changes).containsExactly("none", "guard", "none");
    }

    @Test
    void aRuleWhoseClassesGoWhileItIsAskedMakesItsClientWait() {
        admission.add(new AdmissionRule() {
            @Override
            public Verdict check(Arrival asked) {
                admission.remove(this);
                throw new NoClassDefFoundError("Tally");
            }
        }, Map.of());

        assertThat(admission.check(arrival, period, leases)).isInstanceOf(Verdict.Pause.class);
        assertThat(admission.check(arrival, period, leases)).isEqualTo(Verdict.admit());
    }

    private List<String> objections(Map<String, String> options) {
        return admission.objections(Entries.entry("x", Protocol.TCP).options(options).build());
    }
}
