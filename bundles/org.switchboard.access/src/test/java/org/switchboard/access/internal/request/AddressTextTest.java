package org.switchboard.access.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "::", "::1", "fd00::7", "fd00::", "2001:db8:0:1:1:1:1:1", "2001:db8::1:0:0:1", "1:2:3:4:5:6:7:8"})
    void isWhatTheCLibraryWrites(String text) throws Exception {
        assertThat(AddressText.of(InetAddress.getByName(text))).isEqualTo(text);
    }
}
