package org.switchboard.config.inetd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchboard.api.entry.ServiceEntry;

/** What entries of each dialect are like that do not say otherwise. */
class MannersTest {

    private static Map<String, String> defaults(String dialect, String text) {
        InetdDialect grammar = new InetdDialect(dialect);
        ServiceEntry entry = grammar.parse("x", text).entries().get(0);
        return grammar.defaults(entry);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "switchboard, -,   -,  -,    -, -",
        "debian,      255, -,  128,  laundered, 022",
        "openbsd,     255, -,  10,   laundered, 022",
        "gnu,         999, -,  10,   inherited, -",
        "busybox,     -,   60, 128,  inherited, -",
        "freebsd,     255, -,  4096, -, -",
        "netbsd,      40,  -,  128,  inherited, -",
        "netkit,      39,  -,  128,  laundered, -"})
    void aProgramIsLimitedAsThere(String dialect, String perMinute, String suspend, String backlog, String environment,
            String umask) {
        Map<String, String> options = defaults(dialect, "ftp stream tcp nowait root /bin/a a\n");

        assertThat(options.get("service_max")).isEqualTo(perMinute);
        assertThat(options.get("suspend_seconds")).isEqualTo(suspend);
        assertThat(options.get("backlog")).isEqualTo(backlog);
        assertThat(options.get("environment")).isEqualTo(environment);
        assertThat(options.get("umask")).isEqualTo(umask);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"switchboard, -", "debian, 0666", "openbsd, 0666", "busybox, 0755", "freebsd, 0200",
        "netbsd, 0755", "netkit, 0666"})
    void aUnixSocketHasTheModeItHasThere(String dialect, String mode) {
        assertThat(defaults(dialect, "/run/a stream unix nowait root /bin/a a\n").get("socket_mode")).isEqualTo(mode);
        assertThat(defaults(dialect, "ftp stream tcp nowait root /bin/a a\n")).doesNotContainKey("socket_mode");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"switchboard, -", "debian, -", "openbsd, -", "gnu, -", "busybox, first", "netbsd, one"})
    void aHostNameStandsForAsManyAddressesAsThere(String dialect, String addresses) {
        assertThat(defaults(dialect, "host:ftp stream tcp nowait root /bin/a a\n").get("addresses")).isEqualTo(addresses);
        for (String place : List.of("", "*:", "127.0.0.1:")) {
            assertThat(defaults(dialect, place + "ftp stream tcp nowait root /bin/a a\n")).doesNotContainKey("addresses");
        }
        assertThat(defaults("netkit", "ftp@host stream tcp nowait root /bin/a a\n")).containsEntry("addresses", "first");
    }

    @Test
    void builtInsThatDoNotForkAreNotCounted() {
        assertThat(defaults("netbsd", "echo stream tcp nowait root internal\n")).containsEntry("service_max", "40");
        assertThat(defaults("netbsd", "daytime stream tcp nowait root internal\n")).doesNotContainKey("service_max");
        assertThat(defaults("netbsd", "echo dgram udp wait root internal\n")).doesNotContainKeys("service_max", "backlog");
        assertThat(defaults("netbsd", "7 stream tcp nowait root internal qotd\n")).containsEntry("service_max", "40");
    }

    @Test
    void debianRefusesClientsOfHighPortsOfIpv4InsteadOfClosingThem() {
        assertThat(defaults("debian", "7007 stream tcp nowait root /bin/a a\n")).containsEntry("on_limit", "throttle");
        assertThat(defaults("debian", "7007 stream tcp6 nowait root /bin/a a\n")).doesNotContainKey("on_limit");
        assertThat(defaults("debian", "1023 stream tcp nowait root /bin/a a\n")).doesNotContainKey("on_limit");
        assertThat(defaults("debian", "7007 dgram udp wait root /bin/a a\n")).doesNotContainKey("on_limit");
    }

    @Test
    void whatIsReachedThroughTcpmuxHasNoQueueOfItsOwn() {
        assertThat(defaults("freebsd", "tcpmux/a stream tcp nowait root /bin/a a\n")).doesNotContainKey("backlog");
    }
}
