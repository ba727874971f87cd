package org.switchboard.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;

class DefaultsTest {

    private final List<Object> complaints = new ArrayList<>();
    private final WordDialect dialect = new WordDialect(Map.of("service_max", "40", "backlog", "10"));

    private static ServiceEntry.Builder program(Map<String, String> options) {
        return ServiceEntry.builder("ftp", Protocol.TCP, new Origin("x", 1)).program("/bin/ftpd", List.of("ftpd")).options(options);
    }

    private List<ServiceEntry> apply(Defaults defaults, ServiceEntry entry) {
        return defaults.applyTo(entry, dialect, complaints::add);
    }

    private Defaults defaults(String programs, String internal, String addresses) {
        return Defaults.of(programs, internal, addresses, complaints::add);
    }

    @Test
    void theEntryCountsForMoreThanTheStartAndTheStartForMoreThanTheDialect() {
        Defaults defaults = defaults("service_max=100  umask=077", "tcp_wrappers=yes", "");

        assertThat(apply(defaults, program(Map.of("umask", "022")).build())).singleElement()
                .satisfies(entry -> assertThat(entry.options())
                        .isEqualTo(Map.of("service_max", "100", "umask", "022", "backlog", "10")));
    }

    @Test
    void providersHaveDefaultsOfTheirOwn() {
        Defaults defaults = defaults("umask=077", "tcp_wrappers=yes", "");
        ServiceEntry echo = ServiceEntry.builder("echo", Protocol.TCP, new Origin("x", 1)).build();

        assertThat(apply(defaults, echo).get(0).options())
                .isEqualTo(Map.of("tcp_wrappers", "yes", "service_max", "40", "backlog", "10"));
    }

    @Test
    void rateOfTheStartIsForProvidersThatTheDialectCounts() {
        Defaults defaults = defaults("service_max=9", "service_max=9", "");
        ServiceEntry echo = ServiceEntry.builder("echo", Protocol.TCP, new Origin("x", 1)).build();

        assertThat(apply(defaults, echo).get(0).options()).containsEntry("service_max", "9");
        assertThat(defaults.applyTo(echo, new WordDialect(Map.of()), complaints::add)).singleElement().isSameAs(echo);
    }

    @Test
    void anEntryThatNeedsNothingStaysTheSame() {
        ServiceEntry entry = program(Map.of("service_max", "1", "backlog", "2")).build();

        assertThat(apply(Defaults.NONE, entry).get(0)).isSameAs(entry);
    }

    @Test
    void addressesAreForEntriesWithoutOne() {
        Defaults defaults = defaults("", "", "10.0.0.1, ::1");

        assertThat(apply(defaults, program(Map.of()).build())).extracting(ServiceEntry::id)
                .containsExactly("ftp/tcp@10.0.0.1", "ftp/tcp@::1");
        assertThat(apply(defaults, program(Map.of()).address("127.0.0.1").build())).extracting(ServiceEntry::id)
                .containsExactly("ftp/tcp@127.0.0.1");
        assertThat(complaints).isEmpty();
    }

    @Test
    void anAddressOfTheOtherFamilyIsNotForTheEntry() {
        ServiceEntry v6 = ServiceEntry.builder("ftp", Protocol.TCP6, new Origin("x", 3)).build();

        assertThat(apply(defaults("", "", "10.0.0.1 ::1"), v6)).extracting(ServiceEntry::address).containsExactly("::1");
        assertThat(apply(defaults("", "", "10.0.0.1"), v6)).isEmpty();
        assertThat(complaints).containsExactly(Finding.error(new Origin("x", 3), "protocol 'tcp6' does not go with address "
                + "'10.0.0.1', on which the server was told to listen; entry skipped"));
    }

    @Test
    void whatIsNoOptionIsSaid() {
        assertThat(defaults("service_max", "=x a=b", "").internal()).isEqualTo(Map.of("a", "b"));
        assertThat(complaints).containsExactly("service_max", "=x");
    }
}
