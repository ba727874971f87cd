package org.switchboard.config.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChosenDialectTest {

    private static ChosenDialect of(String file, String text, String... told) {
        return ChosenDialect.of(Path.of(file), text, told.length == 0 ? Optional.empty() : Optional.of(told[0]));
    }

    @Test
    void theFirstLineCountsForMost() {
        assertThat(of("/etc/inetd.conf", "# switchboard: dialect=netbsd\n", "gnu"))
                .isEqualTo(new ChosenDialect("netbsd", "which its first line names"));
    }

    @Test
    void thenWhatWasTold() {
        assertThat(of("/etc/inetd.conf", "", "gnu")).isEqualTo(new ChosenDialect("gnu", "as told"));
    }

    @Test
    void thenThePlaceOfTheFile() {
        for (String name : new String[] {"/etc/inetd.conf", "/etc//inetd.conf", "/etc/x/../inetd.conf"}) {
            assertThat(of(name, "")).isEqualTo(new ChosenDialect("debian", "by its place"));
        }
        assertThat(of("/etc/inetd.d/ftp", "").name()).isEqualTo("gnu");
    }

    @Test
    void elsewhereItIsTheServersOwn() {
        for (String name : new String[] {"/srv/etc/inetd.conf", "inetd.conf", "/etc/inetd.conf.d/ftp", "/etc/inetd.d/x/ftp", "/"}) {
            assertThat(of(name, "")).as(name).isEqualTo(new ChosenDialect("switchboard", "since it names no other"));
        }
    }
}
