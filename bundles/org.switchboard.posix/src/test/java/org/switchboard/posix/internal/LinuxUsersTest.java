package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.switchboard.posix.Account;
import org.switchboard.posix.PosixException;

@EnabledOnOs(OS.LINUX)
class LinuxUsersTest {

    private LinuxUsers users;

    @BeforeEach
    void users() throws PosixException {
        users = new LinuxUsers(Native.parts());
    }

    @Test
    void aUserHasIdGroupsHomeAndShell() throws IOException {
        Account root = users.user("root").orElseThrow();

        assertThat(root).extracting(Account::name, Account::uid, Account::gid, Account::home).containsExactly("root", 0, 0, "/root");
        assertThat(root.shell()).startsWith("/");
        assertThat(root.groups()).contains(0);
    }

    @Test
    void aUserWhoIsNotThereIsEmpty() throws IOException {
        assertThat(users.user("no-such-user")).isEmpty();
    }

    @Test
    void aGroupIsFoundByName() throws IOException {
        assertThat(users.group("root")).hasValue(0);
        assertThat(users.group("no-such-group")).isEmpty();
    }

    @Test
    void anIdHasAName() throws IOException {
        assertThat(users.userName(0)).contains("root");
        assertThat(users.userName(2_000_000_011)).isEmpty();
    }

    @Test
    void theEffectiveUserIsTheOwnerOfThisProcess() throws IOException {
        assertThat(users.effectiveUser()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }
}
