package org.switchboard.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "::", "::1", "fd00::7", "fd00::", "2001:db8:0:1:1:1:1:1", "2001:db8::1:0:0:1", "1:2:3:4:5:6:7:8"})
    void isWhatTheCLibraryWrites(String text) throws Exception {
        assertThat(AddressText.of(InetAddress.getByName(text))).isEqualTo(text);
    }

    @Test
    void aZoneStandsBehindItIfItIsWanted() throws UnknownHostException {
        InetAddress address = Inet6Address.getByAddress("", InetAddress.getByName("fe80::1").getAddress(), 1);

        assertThat(AddressText.of(address)).isEqualTo("fe80::1");
        assertThat(AddressText.withZone(address)).isEqualTo("fe80::1%1");
        assertThat(AddressText.withZone(InetAddress.getByName("::1"))).isEqualTo("::1");
    }

    @Test
    void anIpv4AddressOnASocketOfIpv6IsMapped() throws UnknownHostException {
        assertThat(AddressText.onIpv6(InetAddress.getByName("192.0.2.7"))).isEqualTo("::ffff:192.0.2.7");
        assertThat(AddressText.onIpv6(InetAddress.getByName("::1"))).isEqualTo("::1");
    }
}
