package org.switchboard.ports.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.switchboard.ports.internal.Claims.claim;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.ports.PortClaim;
import org.switchboard.api.ports.PortClaimedException;
import org.switchboard.api.ports.PortStatus;
import org.switchboard.api.ports.Reservation;

class ReservationsTest {

    private final AtomicInteger changes = new AtomicInteger();
    private final Reservations reservations = new Reservations(changes::incrementAndGet);

    @Nested
    class Overlaps {

        @ParameterizedTest(name = "{0} {1} and {2} {3}")
        @CsvSource({
            "tcp,  '',            tcp,   ''",
            "tcp,  '',            tcp4,  127.0.0.1",
            "tcp,  '',            tcp6,  ::1",
            "tcp4, 127.0.0.1,     tcp,   127.0.0.1",
            "tcp4, 0.0.0.0,       tcp4,  127.0.0.1",
            "tcp6, ::,            tcp6,  ::1",
            "tcp6, ::1,           tcp6,  ::1",
            "tcp46,'',            tcp4,  127.0.0.1",
            "tcp46,::,            tcp4,  127.0.0.1",
            "tcp46,::,            tcp6,  ::1",
            "udp4, '',            udp,   10.0.0.1",
            "tcp6, fe80::1%eth0,  tcp6,  fe80:0::1%eth0",
            "tcp,  '::ffff:127.0.0.1', tcp4, 127.0.0.1",
            "tcp,  not-a-literal, tcp,   not-a-literal",
        })
        void ofTheSamePortAreRefused(String protocol, String address, String otherProtocol, String otherAddress)
                throws PortClaimedException {
            reservations.reserve(claim("one", Protocol.of(protocol).orElseThrow(), address, 7007));
            PortClaim second = claim("two", Protocol.of(otherProtocol).orElseThrow(), otherAddress, 7007);

            assertThatThrownBy(() -> reservations.reserve(second)).isInstanceOf(PortClaimedException.class);
        }

        @ParameterizedTest(name = "{0} {1} and {2} {3}")
        @CsvSource({
            "tcp,  '',            udp,   ''",
            "tcp4, '',            tcp6,  ''",
            "tcp4, '',            tcp6,  ::",
            "tcp,  0.0.0.0,       tcp,   ::",
            "tcp4, 127.0.0.1,     tcp4,  127.0.0.2",
            "tcp,  127.0.0.1,     tcp,   ::1",
            "tcp46,::1,           tcp4,  127.0.0.1",
            "tcp6, fe80::1%eth0,  tcp6,  fe80::1%eth1",
            "tcp,  999.1.1.1,     tcp,   127.0.0.1",
        })
        void thatDoNotExistAreAllowed(String protocol, String address, String otherProtocol, String otherAddress)
                throws PortClaimedException {
            reservations.reserve(claim("one", Protocol.of(protocol).orElseThrow(), address, 7007));
            reservations.reserve(claim("two", Protocol.of(otherProtocol).orElseThrow(), otherAddress, 7007));

            assertThat(reservations.statuses()).hasSize(2);
        }

        @Test
        void theMessageNamesTheHolderAndWhereItWasWritten() throws PortClaimedException {
            reservations.reserve(claim("echo", Protocol.TCP, "", 7007));

            assertThatThrownBy(() -> reservations.reserve(claim("time", Protocol.TCP, "", 7007)))
                    .hasMessage("port 7007/tcp is already claimed by 'echo' (inetd.conf:12)");
        }

        @Test
        void theSameOwnerMayHoldAPortTwiceWhileItChanges() throws PortClaimedException {
            Reservation old = reservations.reserve(claim("echo", Protocol.TCP, "", 7007));
            reservations.reserve(claim("echo", Protocol.TCP4, "", 7007));
            old.release();

            assertThat(reservations.statuses()).extracting(PortStatus::protocol).containsExactly("tcp4");
        }
    }

    @Test
    void aReleasedPortIsFreeAgainAndReleasingTwiceDoesNothing() throws PortClaimedException {
        Reservation first = reservations.reserve(claim("echo", Protocol.TCP, "", 7007));
        first.release();
        reservations.reserve(claim("time", Protocol.TCP, "", 7007));
        first.release();

        assertThat(reservations.statuses()).hasSize(1);
        assertThat(changes).hasValue(3);
    }

    @Test
    void theListIsByPortAndSaysWhatTheOwnerSaid() throws PortClaimedException {
        reservations.reserve(claim("late", Protocol.UDP4, "10.0.0.1", 9000));
        Reservation early = reservations.reserve(new PortClaim("qotd", Protocol.TCP, "", 1717, "qotd/tcp", new Origin("x", 0)));
        early.state("listening");

        assertThat(reservations.statuses()).containsExactly(
                new PortStatus("qotd", 1717, "tcp", "*", "qotd/tcp", "listening"),
                new PortStatus("late", 9000, "udp4", "10.0.0.1", "late", "reserved"));
    }
}
