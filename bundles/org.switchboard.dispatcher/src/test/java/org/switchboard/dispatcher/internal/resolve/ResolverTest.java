package org.switchboard.dispatcher.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.posix.SocketSpec;
import org.switchboard.testkit.Entries;

class ResolverTest {

    private final FakeHost host = new FakeHost().service("echo", 7).withUser("nobody").withGroup("staff");

    private ResolvedEntry resolve(ServiceEntry.Builder entry) {
        return host.resolver().resolve(entry.build());
    }

    private static List<String> sockets(ResolvedEntry resolved) {
        return resolved.sockets().stream().map(PlannedSocket::spec).map(ResolverTest::text).toList();
    }

    private static String text(SocketSpec spec) {
        return spec.family() + " " + spec.address() + " " + spec.port() + (spec.v6only() ? " v6only" : "");
    }

    @Nested
    class OptionsOfSockets {

        private SocketSpec spec(Protocol protocol, Map<String, String> options) {
            return resolve(Entries.entry("echo", protocol).options(options)).sockets().get(0).spec();
        }

        @Test
        void buffersAndBacklogAreThoseOfTheEntry() {
            SocketSpec spec = spec(Protocol.TCP4, Map.of("backlog", "7", "sndbuf", "16k", "rcvbuf", "1m"));

            assertThat(spec.backlog()).isEqualTo(7);
            assertThat(spec.sendBuffer()).isEqualTo(16 * 1024);
            assertThat(spec.receiveBuffer()).isEqualTo(1024 * 1024);
        }

        @Test
        void aUnixSocketIsForEverybodyUnlessItsEntryNamesOwnerAndMode() {
            host.withUser("www").withGroup("web");

            assertThat(spec(Protocol.UNIX, Map.of()).access()).isEqualTo(SocketSpec.Access.OPEN);
            assertThat(spec(Protocol.UNIX, Map.of("socket_user", "www", "socket_group", "web", "socket_mode", "0600")).access())
                    .isEqualTo(new SocketSpec.Access(1, 1, 0600));
        }

        @ParameterizedTest
        @CsvSource(quoteCharacter = '"', value = {
                "backlog,0,option 'backlog' must be a number from 1 to 999999999",
                "backlog,-1,option 'backlog' must be a number from 1 to 999999999",
                "backlog,1000000000,option 'backlog' must be a number from 1 to 999999999",
                "backlog,many,option 'backlog' must be a number from 1 to 999999999",
                "socket_mode,888,option 'socket_mode' must be an octal mode from 0 to 0777",
                "socket_user,noone,option 'socket_user': unknown user 'noone'",
                "socket_group,none,option 'socket_group': unknown group 'none'"})
        void whatCannotBeAppliedIsAFailure(String option, String value, String failure) {
            assertThat(resolve(Entries.entry("echo", Protocol.UNIX).options(Map.of(option, value))).failure()).get().asString()
                    .startsWith(failure);
        }
    }

    @Nested
    class RpcServices {

        private ResolvedEntry resolveRpc(Protocol protocol, Map<String, String> options) {
            return resolve(Entries.entry("rusersd/1-3", protocol).options(options));
        }

        @Test
        void takeAnyPortThatIsFree() {
            ResolvedEntry resolved = resolveRpc(Protocol.UDP, Map.of("rpc_program", "rusersd", "rpc_versions", "1-3"));

            assertThat(resolved.failure()).isEmpty();
            assertThat(sockets(resolved)).containsExactly("INET 0.0.0.0 0", "INET6 :: 0 v6only");
            assertThat(host.resolver().rpc(resolved.entry())).contains(new RpcOptions(100_002, 1, 3));
        }

        @Test
        void haveVersion1IfNoneIsNamed() {
            ResolvedEntry resolved = resolveRpc(Protocol.TCP4, Map.of("rpc_program", "300000"));

            assertThat(host.resolver().rpc(resolved.entry())).contains(new RpcOptions(300_000, 1, 1));
        }

        @Test
        void ofAnUnknownProgramOrWithOddVersionsSayWhy() {
            assertThat(resolveRpc(Protocol.TCP4, Map.of("rpc_program", "nosuchd")).failure()).contains("unknown rpc service 'nosuchd'");
            for (String versions : List.of("3-1", "1-1000", "", "one", "1-2-3", "-1")) {
                assertThat(resolveRpc(Protocol.TCP4, Map.of("rpc_program", "rusersd", "rpc_versions", versions)).failure())
                        .contains("option 'rpc_versions' must be a version or a range of at most 64, not '" + versions + "'");
            }
            assertThat(resolve(Entries.entry("echo", Protocol.TCP4).options(Map.of("rpc_versions", "1"))).failure())
                    .contains("option 'rpc_versions' goes with 'rpc_program'");
        }
    }

    @Nested
    class Multiplexing {

        private Optional<String> failure(ServiceEntry.Builder entry) {
            return resolve(entry).failure();
        }

        @Test
        void needsNoPortAndNoNameOfOne() {
            ResolvedEntry resolved = resolve(Entries.entry("tcpmux/nothing-known", Protocol.TCP).options(Map.of("mux", "plain")));

            assertThat(resolved.failure()).isEmpty();
            assertThat(resolved.sockets()).isEmpty();
        }

        @Test
        void isForStreamsThatTheServerAccepts() {
            assertThat(failure(Entries.entry("tcpmux/x", Protocol.UDP).options(Map.of("mux", "plain"))))
                    .contains("only a stream service with nowait is reached through tcpmux");
            assertThat(failure(Entries.entry("tcpmux/x", Protocol.TCP).mode(Mode.WAIT).options(Map.of("mux", "plus"))))
                    .contains("only a stream service with nowait is reached through tcpmux");
        }
    }

    @Nested
    class Sockets {

        @Test
        void bareTcpMeansOneSocketForEachIpVersion() {
            assertThat(sockets(resolve(Entries.entry("echo", Protocol.TCP))))
                    .containsExactly("INET 0.0.0.0 7", "INET6 :: 7 v6only");
        }

        @Test
        void bareTcpMeansIpv4AloneWhereTheHostHasNoIpv6() {
            host.withoutIpv6();

            assertThat(sockets(resolve(Entries.entry("echo", Protocol.TCP)))).containsExactly("INET 0.0.0.0 7");
        }

        @Test
        void tcp46MeansOneSocketForBoth() {
            assertThat(sockets(resolve(Entries.entry("echo", Protocol.TCP46)))).containsExactly("INET6 :: 7");
        }

        @Test
        void anAddressDecidesTheFamily() {
            assertThat(sockets(resolve(Entries.entry("echo", Protocol.UDP).address("127.0.0.1"))))
                    .containsExactly("INET 127.0.0.1 7");
            assertThat(sockets(resolve(Entries.entry("echo", Protocol.UDP).address("::1"))))
                    .containsExactly("INET6 ::1 7 v6only");
        }

        @Test
        void anAddressOfTheOtherFamilyIsAFailure() {
            assertThat(resolve(Entries.entry("echo", Protocol.TCP4).address("::1")).failure())
                    .contains("'::1' has no address for tcp4");
        }

        @Test
        void tcp6NeedsIpv6() {
            host.withoutIpv6();

            assertThat(resolve(Entries.entry("echo", Protocol.TCP6)).failure()).contains("this host has no IPv6 for 'tcp6'");
        }

        @Test
        void theListenOptionStandsInForAnAddressThatTheEntryDoesNotName() {
            assertThat(sockets(resolve(Entries.entry("qotd", Protocol.TCP).port(1717).options(Map.of("listen", "127.0.0.1")))))
                    .containsExactly("INET 127.0.0.1 1717");
        }

        @Test
        void bufferSizesAreInBytesKibAndMib() {
            SocketSpec spec = resolve(Entries.entry("echo", Protocol.TCP4).options(Map.of("sndbuf", "16k", "rcvbuf", "1m")))
                    .sockets().get(0).spec();

            assertThat(spec.sendBuffer()).isEqualTo(16 * 1024);
            assertThat(spec.receiveBuffer()).isEqualTo(1024 * 1024);
            assertThat(resolve(Entries.entry("echo", Protocol.TCP4).options(Map.of("sndbuf", "16q"))).failure())
                    .contains("option 'sndbuf' must be a size from 1 to 1024m, not '16q'");
        }

        @Test
        void aUnixSocketIsItsPath() {
            assertThat(sockets(resolve(Entries.entry("/run/echo", Protocol.UNIX)))).containsExactly("UNIX /run/echo 0");
        }
    }

    @Nested
    class Names {

        @Test
        void anUnknownServiceIsAFailure() {
            assertThat(resolve(Entries.entry("ftpp", Protocol.TCP)).failure()).contains("unknown service 'ftpp' for tcp");
        }

        @Test
        void aPortWithoutANameIsCalledLikeWhatServesIt() {
            assertThat(claimName(Entries.entry("7007", Protocol.TCP4).port(7007).provider("echo", List.of()))).isEqualTo("echo");
            assertThat(claimName(Entries.entry("8007", Protocol.TCP4).port(8007)
                    .program("/usr/bin/rsync", List.of("rsync", "--daemon")))).isEqualTo("rsync");
        }

        @Test
        void aPortWithANameKeepsIt() {
            assertThat(claimName(Entries.entry("7", Protocol.TCP4).port(7).provider("myecho", List.of()))).isEqualTo("echo");
        }

        private String claimName(ServiceEntry.Builder entry) {
            return resolve(entry).sockets().get(0).claim().orElseThrow().name();
        }
    }

    @Nested
    class Users {

        @Test
        void anUnknownUserIsAFailureEvenForAProviderInside() {
            assertThat(resolve(Entries.entry("echo", Protocol.TCP).identity(new Identity("noone", Optional.empty()))).failure())
                    .contains("unknown user 'noone'");
        }

        @Test
        void anUnknownGroupIsAFailure() {
            assertThat(resolve(Entries.entry("echo", Protocol.TCP).identity(new Identity("nobody", Optional.of("x")))).failure())
                    .contains("unknown group 'x'");
        }

        @Test
        void aDotSeparatesAGroupWhereNoUserHasTheWholeName() {
            assertThat(resolve(Entries.entry("echo", Protocol.TCP).identity(new Identity("nobody.staff", Optional.empty())))
                    .failure()).isEmpty();
            assertThat(resolve(Entries.entry("echo", Protocol.TCP).identity(new Identity("nobody.x", Optional.empty())))
                    .failure()).contains("unknown group 'x'");
            assertThat(resolve(Entries.entry("echo", Protocol.TCP).identity(new Identity("noone.staff", Optional.empty())))
                    .failure()).contains("unknown user 'noone.staff'");
        }

        @Test
        void aUserThatIsNotAppliedIsNoted() {
            assertThat(resolve(Entries.entry("echo", Protocol.TCP).identity(new Identity("nobody", Optional.of("staff"))))
                    .notes()).containsExactly("user 'nobody:staff' is not applied: provider 'echo' runs inside the server");
        }

        @Test
        void theUserOfAProgramIsLeftToWhoStartsIt() {
            assertThat(resolve(Entries.entry("echo", Protocol.TCP).program("/bin/cat", List.of("cat"))
                    .identity(new Identity("noone", Optional.empty()))).failure()).isEmpty();
        }

        @Test
        void theServersOwnUserNeedsNoLookUp() {
            assertThat(resolve(Entries.entry("echo", Protocol.TCP)).failure()).isEmpty();
        }
    }
}
