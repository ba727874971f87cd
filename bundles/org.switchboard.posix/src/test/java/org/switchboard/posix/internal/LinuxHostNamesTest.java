package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
        List<String> hosts = Files.readAllLines(Path.of("/etc/hosts"));
        boolean usual = hosts.stream().anyMatch(line -> line.matches("127\\.0\\.0\\.1\\s+localhost(\\s.*)?"));
        if (!usual) {
            System.out.println("SKIPPED: /etc/hosts does not call 127.0.0.1 localhost");
        }
        Assumptions.assumeTrue(usual);

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
