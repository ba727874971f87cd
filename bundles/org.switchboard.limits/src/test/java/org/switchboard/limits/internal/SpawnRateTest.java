package org.switchboard.limits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.testkit.AdmissionRuleContract;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeArrival;
import org.switchboard.testkit.ManualClock;

class SpawnRateTest implements AdmissionRuleContract {

    private final ManualClock clock = ManualClock.at("2026-11-23T12:00:00Z");
    private final SpawnRate rule = new SpawnRate(clock);
    private final ServiceEntry twice = Entries.entry("twice", Protocol.TCP4).options(Map.of("service_max", "2")).build();

    @Override
    public AdmissionRule rule() {
        return rule;
    }

    @Override
    public Map<String, String> goodOptions() {
        return Map.of("service_max", "40");
    }

    private Verdict arrive() {
        return rule.check(FakeArrival.from(twice, "192.0.2.7", 4711));
    }

    @Test
    void exactlyAsManyStartsPassAndTheNextSuspendsForTenMinutes() {
        assertThat(arrive()).isEqualTo(Verdict.admit());
        assertThat(arrive()).isEqualTo(Verdict.admit());

        assertThat(arrive()).isEqualTo(Verdict.suspend(clock.instant().plus(Duration.ofMinutes(10)),
                "more than 2 starts in 60 seconds (service_max)"));
    }

    @Test
    void theWindowBeginsWithItsFirstStartAndEndsAMinuteLater() {
        arrive();
        arrive();
        clock.advance(Duration.ofSeconds(60));

        assertThat(arrive()).isEqualTo(Verdict.admit());
    }

    @Test
    void countingBeginsAnewAfterASuspension() {
        arrive();
        arrive();
        arrive();

        assertThat(arrive()).isEqualTo(Verdict.admit());
    }

    @Test
    void servicesAreCountedApart() {
        arrive();
        arrive();
        ServiceEntry other = Entries.entry("other", Protocol.TCP4).options(Map.of("service_max", "2")).build();

        assertThat(rule.check(FakeArrival.from(other, "192.0.2.7", 4711))).isEqualTo(Verdict.admit());
    }

    @Test
    void aForgottenEntryStartsFromNothing() {
        arrive();
        arrive();
        rule.forget(twice);

        assertThat(arrive()).isEqualTo(Verdict.admit());
    }
}
