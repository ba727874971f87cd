package org.switchboard.posix.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.switchboard.posix.Account;
import org.switchboard.posix.Exit;
import org.switchboard.posix.Launch;
import org.switchboard.testkit.FakeLoggers;

/** As whom a program runs, as the program itself prints it. */
@EnabledOnOs(OS.LINUX)
class SpawnerIdentityTest {

    private static final Launch STATUS = Programs.launch("/bin/cat", "cat", "/proc/self/status");
    private static final Account STRANGER = new Account("stranger", 61234, 61235, List.of(61235, 61236, 61237), "/", "/bin/sh");

    private static LinuxSpawner spawner;
    private static Programs programs;

    @BeforeAll
    static void start() throws Exception {
        spawner = new LinuxSpawner(Native.parts(), List.of(), InstantSource.system(), new FakeLoggers().logger());
        programs = new Programs(spawner);
    }

    @AfterAll
    static void end() {
        spawner.close();
    }

    private static void needsRoot() throws Exception {
        assumeTrue(Native.isRoot(), "only root can become somebody else");
    }

    @Test
    void realEffectiveAndSavedIdsAreThoseOfTheAccount() throws Exception {
        needsRoot();
        Programs.Said said = programs.run(Programs.as(STRANGER, STATUS));

        assertThat(said.line("Uid:").split("\\s+")).containsExactly("61234", "61234", "61234", "61234");
        assertThat(said.line("Gid:").split("\\s+")).containsExactly("61235", "61235", "61235", "61235");
    }

    @Test
    void theSupplementaryGroupsAreThoseOfTheAccountAndNoOthers() throws Exception {
        needsRoot();

        assertThat(programs.run(Programs.as(STRANGER, STATUS)).line("Groups:").split("\\s+"))
                .containsExactly("61235", "61236", "61237");
    }

    @Test
    void noCapabilityOfRootIsLeft() throws Exception {
        needsRoot();
        Programs.Said said = programs.run(Programs.as(STRANGER, STATUS));

        assertThat(List.of(said.line("CapPrm:"), said.line("CapEff:"), said.line("CapAmb:"))).allMatch(set -> set.matches("0+"));
    }

    @Test
    void rootStaysRootWhenTheAccountIsRoot() throws Exception {
        needsRoot();
        Account root = new LinuxUsers(Native.parts()).user("root").orElseThrow();

        assertThat(programs.run(Programs.as(root, STATUS)).line("Uid:")).startsWith("0");
    }

    @Test
    void aProgramThatTheUserMayNotExecuteIsRefused() throws Exception {
        needsRoot();
        Launch launch = Programs.as(STRANGER, Programs.launch("/etc/shadow", "shadow"));

        assertThat(programs.run(launch).exit()).isEqualTo(new Exit.NotStarted("exec /etc/shadow: Permission denied", LibC.EACCES));
    }

    @Test
    void withoutPrivilegeNobodyElseCanBeBecome() throws Exception {
        assumeFalse(Native.isRoot(), "root may become everybody");

        assertThat(programs.run(Programs.as(STRANGER, STATUS)).exit())
                .isEqualTo(new Exit.NotStarted("setgroups for user 'stranger': Operation not permitted", LibC.EPERM));
    }

    @Test
    void oneselfCanAlwaysBeBecome() throws Exception {
        LinuxUsers users = new LinuxUsers(Native.parts());
        String name = users.userName(users.effectiveUser()).orElse("");
        assumeFalse(name.isEmpty(), "the user of this process has no name");
        Account self = users.user(name).orElseThrow();
        assumeTrue(self.gid() == LibC.getegid(), "this process runs under another group than its user's");

        assertThat(programs.run(Programs.as(self, STATUS)).line("Uid:")).startsWith(Integer.toString(self.uid()));
    }
}
