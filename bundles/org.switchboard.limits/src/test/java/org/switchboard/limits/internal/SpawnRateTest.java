package org.switchboard.limits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
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
        return Map.of("service_max", "40", "ip_max", "4", "on_limit", "throttle", "suspend_seconds", "60");
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
    void nobodyPassesFromTheVerdictToTheEndOfTheSuspension() {
        arrive();
        arrive();
        for (int i = 0; i < 10; i++) {
            assertThat(arrive()).isInstanceOf(Verdict.Suspend.class);
        }
    }

    @Test
    void countingBeginsAnewAfterASuspension() {
        arrive();
        arrive();
        arrive();
        rule.forget(twice);

        assertThat(arrive()).isEqualTo(Verdict.admit());
        assertThat(arrive()).isEqualTo(Verdict.admit());
        assertThat(arrive()).isInstanceOf(Verdict.Suspend.class);
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

    @Nested
    class OnTheLimit {

        private Verdict afterOne(Map<String, String> options) {
            ServiceEntry entry = with(options);
            assertThat(rule.check(FakeArrival.from(entry, "192.0.2.7", 4711))).isEqualTo(Verdict.admit());
            return rule.check(FakeArrival.from(entry, "192.0.2.8", 4711));
        }

        @Test
        void theServiceIsClosedForAsLongAsTheEntrySays() {
            assertThat(afterOne(Map.of("service_max", "1", "suspend_seconds", "60"))).isEqualTo(
                    Verdict.suspend(clock.instant().plusSeconds(60), "more than 1 starts in 60 seconds (service_max)"));
        }

        @Test
        void throttleRefusesThisClientAndTheOthersOfTheMinute() {
            ServiceEntry entry = with(Map.of("service_max", "1", "on_limit", "throttle"));
            assertThat(from(entry, "192.0.2.7")).isEqualTo(Verdict.admit());

            assertThat(from(entry, "192.0.2.7")).isEqualTo(Verdict.refuse("service_max"));
            clock.advance(Duration.ofSeconds(59));
            assertThat(from(entry, "192.0.2.8")).isEqualTo(Verdict.refuse("service_max"));
            clock.advance(Duration.ofSeconds(1));
            assertThat(from(entry, "192.0.2.8")).isEqualTo(Verdict.admit());
        }

        @Test
        void queueLetsClientsWaitForTheEndOfTheMinute() {
            assertThat(afterOne(Map.of("service_max", "1", "on_limit", "queue")))
                    .isEqualTo(Verdict.pause(clock.instant().plusSeconds(60), "service_max"));
        }
    }

    @Nested
    class ForEachAddress {

        private final ServiceEntry entry = with(Map.of("ip_max", "2", "service_max", "5"));

        @Test
        void exactlyAsManyPassAndOnlyThatClientIsRefused() {
            assertThat(from(entry, "192.0.2.7")).isEqualTo(Verdict.admit());
            assertThat(from(entry, "192.0.2.7")).isEqualTo(Verdict.admit());

            assertThat(from(entry, "192.0.2.7")).isEqualTo(Verdict.refuse("ip_max"));
            assertThat(from(entry, "2001:db8::7")).isEqualTo(Verdict.admit());
        }

        @Test
        void whoIsRefusedDoesNotUseUpWhatOthersMayHave() {
            for (int i = 0; i < 100; i++) {
                from(entry, "192.0.2.7");
            }

            assertThat(from(entry, "192.0.2.8")).isEqualTo(Verdict.admit());
            assertThat(from(entry, "192.0.2.9")).isEqualTo(Verdict.admit());
        }

        @Test
        void aSocketWhosePeerIsNotSeenHasNoLimitOfThatKind() {
            ServiceEntry alone = with(Map.of("ip_max", "1"));
            for (int i = 0; i < 3; i++) {
                assertThat(rule.check(FakeArrival.unseen(alone))).isEqualTo(Verdict.admit());
            }
        }
    }

    @Test
    void zeroServesNobody() {
        assertThat(from(with(Map.of("service_max", "0", "on_limit", "throttle")), "192.0.2.7"))
                .isEqualTo(Verdict.refuse("service_max"));
        assertThat(from(with(Map.of("ip_max", "0")), "192.0.2.7")).isEqualTo(Verdict.refuse("ip_max"));
    }

    @Test
    void aClockThatIsSetBackBeginsAnew() {
        arrive();
        arrive();
        clock.advance(Duration.ofHours(-1));

        assertThat(arrive()).isEqualTo(Verdict.admit());
    }

    private static ServiceEntry with(Map<String, String> options) {
        return Entries.entry("other", Protocol.TCP4).options(options).build();
    }

    private Verdict from(ServiceEntry entry, String address) {
        return rule.check(FakeArrival.from(entry, address, 4711));
    }
}
