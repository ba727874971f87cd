package org.switchboard.dispatcher.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchboard.api.entry.Protocol;

class HostAddressesTest {

    private static String choose(String protocol, String which) throws Exception {
        List<InetAddress> found = new ArrayList<>();
        for (String address : List.of("127.0.0.2", "127.0.0.3", "127.0.0.2", "::1", "::2")) {
            found.add(InetAddress.getByName(address));
        }
        List<String> chosen = HostAddresses.choose(found, "several", Protocol.valueOf(protocol), which).stream()
                .map(InetAddress::getHostAddress).toList();
        return String.join(" ", chosen).replace("0:0:0:0:0:0:0:", "::");
    }

    @ParameterizedTest
    @CsvSource({
        "TCP4,  all,   127.0.0.2 127.0.0.3",
        "UDP6,  all,   ::1 ::2",
        "TCP,   all,   127.0.0.2 127.0.0.3 ::1 ::2",
        "UDP4,  first, 127.0.0.2",
        "TCP6,  first, ::1",
        "TCP46, first, ::1"})
    void anEntryListensOnThoseOfItsProtocol(String protocol, String which, String expected) throws Exception {
        assertThat(choose(protocol, which)).isEqualTo(expected);
    }

    @Test
    void moreThanOneIsAFailureWhereTheEntryTakesOne() {
        assertThatThrownBy(() -> choose("TCP4", "one"))
                .hasMessage("'several' has 2 addresses for tcp4, and the entry takes one");
    }

    @Test
    void anotherWordIsAFailure() {
        assertThatThrownBy(() -> choose("TCP4", "some"))
                .hasMessage("option 'addresses' must be 'all', 'first' or 'one', not 'some'");
    }
}
