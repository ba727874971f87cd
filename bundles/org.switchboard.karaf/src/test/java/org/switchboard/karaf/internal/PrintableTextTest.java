package org.switchboard.karaf.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTextTest {

    @Test
    void showsTheBytesOfCharactersThatTheConsoleLacks() {
        assertThat(PrintableText.of("echo café", US_ASCII)).isEqualTo("echo caf\\xc3\\xa9");
        assertThat(PrintableText.of("café ☎ 😀", ISO_8859_1)).isEqualTo("café \\xe2\\x98\\x8e \\xf0\\x9f\\x98\\x80");
    }

    @Test
    void changesNothingElse() {
        assertThat(PrintableText.of("café ☎ 😀\n", UTF_8)).isEqualTo("café ☎ 😀\n");
        assertThat(PrintableText.of("a \\ b\tc\n", US_ASCII)).isEqualTo("a \\ b\tc\n");
    }
}
