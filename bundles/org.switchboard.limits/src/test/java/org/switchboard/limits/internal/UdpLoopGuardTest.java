package org.switchboard.limits.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.testkit.AdmissionRuleContract;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeArrival;
import org.switchboard.testkit.ManualClock;

class UdpLoopGuardTest implements AdmissionRuleContract {

    private static final Verdict REFUSED = Verdict.refuse("udp_loop");
    private static final ServiceEntry ECHO = Entries.udp("echo");
    private static final ServiceEntry CHARGEN = Entries.udp("chargen");

    private final ManualClock clock = ManualClock.at("2026-11-23T12:00:00Z");
    private final UdpLoopGuard guard = new UdpLoopGuard(clock);

    @Override
    public AdmissionRule rule() {
        return guard;
    }

    @Override
    public Map<String, String> goodOptions() {
        return Map.of("udp_rate", "10");
    }

    private Verdict from(int senderPort, ServiceEntry entry, int localPort) {
        return guard.check(FakeArrival.from(entry, "192.0.2.7", senderPort).at(localPort));
    }

    @Test
    void anOrdinaryClientIsServed() {
        assertThat(from(4711, ECHO, 7)).isEqualTo(Verdict.admit());
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 13, 17, 19, 37})
    void aDatagramFromAWellKnownSmallServiceIsRefused(int port) {
        assertThat(from(port, ECHO, 7)).isEqualTo(REFUSED);
    }

    @Test
    void aLoopBetweenTwoPortsOfThisServerEndsAtItsSecondStep() {
        assertThat(from(7019, ECHO, 7007)).as("a forged sender that is not yet known").isEqualTo(Verdict.admit());
        assertThat(from(7007, CHARGEN, 7019)).as("our own answer").isEqualTo(REFUSED);
        assertThat(from(7019, ECHO, 7007)).as("the next forged datagram").isEqualTo(REFUSED);
    }

    @Test
    void aServiceDoesNotTalkToItsTwinOnAnotherHost() {
        assertThat(from(7007, ECHO, 7007)).isEqualTo(REFUSED);
    }

    @Test
    void thePortOfAnEntryThatIsGoneIsOrdinaryAgain() {
        from(4711, ECHO, 7007);
        guard.forget(ECHO);

        assertThat(from(7007, CHARGEN, 7019)).isEqualTo(Verdict.admit());
    }

    @Test
    void programsAndConnectionsAreNotGuarded() {
        ServiceEntry program = Entries.entry("tftp", Protocol.UDP4).program("/usr/sbin/in.tftpd", List.of("in.tftpd")).build();

        assertThat(from(7, program, 69)).isEqualTo(Verdict.admit());
        assertThat(from(7, Entries.tcp("echo"), 7)).isEqualTo(Verdict.admit());
    }

    @Test
    void anAddressGetsAHundredAnswersASecondAndNoMore() {
        for (int i = 0; i < 100; i++) {
            assertThat(from(5000 + i, ECHO, 7)).isEqualTo(Verdict.admit());
        }
        assertThat(from(4711, ECHO, 7)).isEqualTo(Verdict.refuse("udp_rate"));
        assertThat(guard.check(FakeArrival.from(ECHO, "192.0.2.8", 4711))).as("another address").isEqualTo(Verdict.admit());

        clock.advance(Duration.ofSeconds(1));
        assertThat(from(4711, ECHO, 7)).isEqualTo(Verdict.admit());
    }

    @Test
    void anEntryMayHaveAnotherRateOrNone() {
        ServiceEntry one = Entries.entry("echo", Protocol.UDP4).options(Map.of("udp_rate", "1")).build();
        ServiceEntry free = Entries.entry("free", Protocol.UDP4).options(Map.of("udp_rate", "UNLIMITED")).build();

        assertThat(from(4711, one, 7)).isEqualTo(Verdict.admit());
        assertThat(from(4711, one, 7)).isEqualTo(Verdict.refuse("udp_rate"));
        for (int i = 0; i < 1000; i++) {
            assertThat(from(4711, free, 7)).isEqualTo(Verdict.admit());
        }
    }
}
