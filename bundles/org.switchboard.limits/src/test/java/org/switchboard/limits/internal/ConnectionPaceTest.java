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

class ConnectionPaceTest implements AdmissionRuleContract {

    private static final Verdict REFUSED = Verdict.refuse("cpm");

    private final ManualClock clock = ManualClock.at("2026-11-23T12:00:00Z");
    private final ConnectionPace rule = new ConnectionPace(clock);
    private final ServiceEntry twice = Entries.entry("twice", Protocol.TCP4).options(Map.of("cpm", "2")).build();

    @Override
    public AdmissionRule rule() {
        return rule;
    }

    @Override
    public Map<String, String> goodOptions() {
        return Map.of("cpm", "1000");
    }

    private Verdict from(String address) {
        return rule.check(FakeArrival.from(twice, address, 4711));
    }

    private void after(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void exactlyAsManyPassAndOnlyThatAddressIsRefused() {
        assertThat(from("192.0.2.7")).isEqualTo(Verdict.admit());
        assertThat(from("192.0.2.7")).isEqualTo(Verdict.admit());

        assertThat(from("192.0.2.7")).isEqualTo(REFUSED);
        assertThat(from("192.0.2.8")).isEqualTo(Verdict.admit());
    }

    @Test
    void aConnectionIsForgottenWithItsBucketOfTenSeconds() {
        after(9);
        from("192.0.2.7");
        from("192.0.2.7");
        after(50);
        assertThat(from("192.0.2.7")).as("59 s after noon, in the sixth bucket").isEqualTo(REFUSED);
        after(1);
        assertThat(from("192.0.2.7")).as("60 s after noon: the first bucket is used again").isEqualTo(Verdict.admit());
    }

    @Test
    void whoIsRefusedAndDoesNotSlowDownStaysOut() {
        for (int i = 0; i < 30; i++) {
            from("192.0.2.7");
            after(10);
        }

        assertThat(from("192.0.2.7")).isEqualTo(REFUSED);
        after(60);
        assertThat(from("192.0.2.7")).isEqualTo(Verdict.admit());
    }

    @Test
    void aFloodFromEverywhereIsRememberedWithinBounds() {
        Sources<Object> sources = new Sources<>();
        for (int i = 0; i < 100_000; i++) {
            sources.get(FakeArrival.from(twice, "10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256, 1).remote()
                    .map(peer -> ((java.net.InetSocketAddress) peer).getAddress()).orElseThrow(), Object::new);
        }

        assertThat(sources.size()).isEqualTo(Sources.MOST);
    }
}
