package org.switchboard.dispatcher.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({"127.0.0.1,127.0.0.1:7", "::1,[::1]:7", "::,[::]:7", "2001:db8::5,[2001:db8::5]:7",
        "2001:0:0:1:0:0:0:1,[2001:0:0:1::1]:7", "2001:db8:0:1:1:1:1:1,[2001:db8:0:1:1:1:1:1]:7"})
    void internetAddressesReadAsRfc5952Wants(String address, String text) {
        assertThat(Addresses.text(new InetSocketAddress(address, 7))).isEqualTo(text);
    }

    @Test
    void aUnixAddressIsItsPathOrADash() {
        assertThat(Addresses.text(UnixDomainSocketAddress.of("/run/x"))).isEqualTo("/run/x");
        assertThat(Addresses.text(Addresses.standard(null))).isEqualTo("-");
        assertThat(Addresses.standard(new DomainSocketAddress("/run/x"))).isEqualTo(UnixDomainSocketAddress.of("/run/x"));
    }
}
