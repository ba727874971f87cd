package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.switchboard.itests.needs.Needs;
import org.switchboard.posix.PosixException;

@EnabledOnOs(OS.LINUX)
class LinuxHostNamesTest {

    private LinuxHostNames names;

    @BeforeEach
    void names() throws PosixException {
        names = new LinuxHostNames(Native.parts());
    }

    @Test
    void anAddressOfTheHostsFileHasItsName() throws IOException {
        Path file = Path.of("/etc/hosts");
        List<String> hosts = Files.exists(file) ? Files.readAllLines(file) : List.of();
        Needs.that(hosts.stream().anyMatch(line -> line.matches("127\\.0\\.0\\.1\\s+localhost(\\s.*)?")),
                "/etc/hosts does not call 127.0.0.1 localhost");

        assertThat(names.name(InetAddress.getByName("127.0.0.1"))).contains("localhost");
    }

    @Test
    void addressesOfBothFamiliesAreAskedFor() throws IOException {
        assertThat(names.name(InetAddress.getByName("::1")).orElse("none")).isNotBlank();
    }

    @Test
    void aNetgroupThatNobodyKnowsHasNoMembers() throws IOException {
        assertThat(names.inNetgroup("no-such-netgroup", "localhost")).isFalse();
    }

    @Test
    void aNameWithNulIsNoName() {
        assertThatThrownBy(() -> names.inNetgroup("a\0b", "localhost")).isInstanceOf(PosixException.class);
    }
}
