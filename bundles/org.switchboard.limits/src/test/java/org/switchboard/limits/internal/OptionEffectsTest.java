package org.switchboard.limits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;
import org.switchboard.testkit.Entries;

/** Which limit has an effect for which kind of entry. */
class OptionEffectsTest {

    private static final Map<String, AdmissionRule> OWNERS = owners();

    private static Map<String, AdmissionRule> owners() {
        Map<String, AdmissionRule> owners = new HashMap<>();
        SpawnRate rate = new SpawnRate();
        Concurrency concurrency = new Concurrency();
        List.of("service_max", "ip_max", "on_limit", "suspend_seconds").forEach(option -> owners.put(option, rate));
        List.of("instances", "per_source").forEach(option -> owners.put(option, concurrency));
        owners.put("cpm", new ConnectionPace());
        owners.put("udp_rate", new UdpLoopGuard());
        return owners;
    }

    private static ServiceEntry entry(String kind, Map<String, String> options) {
        boolean unix = kind.contains("unix");
        boolean datagrams = kind.contains("dgram");
        Protocol protocol = unix ? Protocol.UNIX : datagrams ? Protocol.UDP4 : Protocol.TCP4;
        ServiceEntry.Builder builder = Entries.entry(unix ? "/run/x" : "x", protocol)
                .socketType(datagrams ? SocketType.DGRAM : SocketType.STREAM)
                .mode(kind.contains("nowait") || kind.contains("internal") ? Mode.NOWAIT : Mode.WAIT).options(options);
        return (kind.contains("internal") ? builder.provider("echo", List.of()) : builder.program("/bin/x",
                List.of("x"))).build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # kind                  | service_max | ip_max | cpm | instances | per_source | udp_rate
            stream nowait           | yes         | yes    | yes | yes       | yes        | no
            stream nowait unix      | yes         | no     | no  | yes       | no         | no
            stream wait             | yes         | no     | no  | no        | no         | no
            stream wait unix        | yes         | no     | no  | no        | no         | no
            dgram nowait            | yes         | yes    | yes | yes       | yes        | no
            dgram wait              | yes         | yes    | yes | no        | no         | no
            dgram nowait unix       | yes         | no     | no  | no        | no         | no
            dgram wait unix         | yes         | no     | no  | no        | no         | no
            stream internal         | yes         | yes    | yes | yes       | yes        | no
            stream internal unix    | yes         | no     | no  | yes       | no         | no
            dgram internal          | yes         | yes    | yes | yes       | yes        | yes
            dgram internal unix     | yes         | no     | no  | yes       | no         | no
            """)
    void aLimitHasAnEffectWhereTheServerSeesWhatItCounts(String kind, String serviceMax, String ipMax, String cpm,
            String instances,
            String perSource, String udpRate) {
        Map<String, String> expected = Map.of("service_max", serviceMax, "ip_max", ipMax, "cpm", cpm, "instances",
                instances,
                "per_source", perSource, "udp_rate", udpRate);

        expected.forEach((option, effect) -> assertThat(
                OWNERS.get(option).noEffect(option, entry(kind, Map.of(option, "2"))).isEmpty() ? "yes" : "no")
                .as("%s for %s", option, kind).isEqualTo(effect));
    }

    @Test
    void oneInstanceOfAWaitProgramIsALimitForAnEntryWithSeveralSockets() {
        assertThat(OWNERS.get("instances").noEffect("instances", entry("stream wait", Map.of("instances", "1"))))
                .isEmpty();
    }

    @Test
    void whatIsNotLimitedNeedsNoEffect() {
        for (String option : List.of("ip_max", "cpm", "instances", "per_source")) {
            assertThat(OWNERS.get(option).noEffect(option, entry("stream wait", Map.of(option, "UNLIMITED"))))
                    .as(option).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            on_limit        | service_max=3                               | yes
            on_limit        | ip_max=3                                    | no
            on_limit        | service_max=UNLIMITED                       | no
            suspend_seconds | service_max=3                               | yes
            suspend_seconds | service_max=3,on_limit=terminate            | yes
            suspend_seconds | service_max=3,on_limit=throttle             | no
            suspend_seconds | ip_max=3                                    | no
            """)
    void whatFollowsOnALimitNeedsThatLimit(String option, String others, String effect) {
        Map<String, String> options = new HashMap<>(Map.of(option, option.equals("on_limit") ? "queue" : "60"));
        for (String other : others.split(",")) {
            options.put(other.split("=")[0], other.split("=")[1]);
        }
        assertThat(OWNERS.get(option).noEffect(option, entry("stream nowait", options)).isEmpty() ? "yes" : "no")
                .isEqualTo(effect);
    }
}
