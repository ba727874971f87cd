package org.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDirectoryTest {

    private static final int NOBODY = 65534;

    @TempDir
    private Path folder;
    private Path state;
    private Path victim;

    @BeforeEach
    void makeDirectory() throws IOException {
        state = Files.createDirectory(folder.resolve("state"));
        victim = Files.writeString(folder.resolve("victim"), "precious\n");
        mode(state, "rwxr-xr-x");
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static void give(Path path, int user) throws IOException {
        Files.setAttribute(path, "unix:uid", user);
    }

    private void assertRefused(String why) throws IOException {
        assertThatThrownBy(() -> StateDirectory.take(state)).isInstanceOf(LaunchException.class)
                .hasMessageContaining(why);
        assertThat(victim).hasContent("precious");
    }

    private static void needsRoot() throws IOException {
        assumeTrue(FileAccess.self() == FileAccess.ROOT, "needs root: gives files to another user");
    }

    @Test
    void aDirectoryOfOursIsTakenAndIsOursAloneFromThen() throws Exception {
        Files.writeString(state.resolve("lock"), "4711\n");
        try (StateDirectory taken = StateDirectory.take(state)) {
            assertThat(taken.path()).isEqualTo(state.toRealPath());
            assertThat(Files.getPosixFilePermissions(state)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            assertThat(state.resolve("lock")).hasContent(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsMadeWithItsParents() throws Exception {
        Path deep = folder.resolve("a/b/state");
        StateDirectory.take(deep).close();
        assertThat(Files.getPosixFilePermissions(deep)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwx----w-"})
    void aDirectoryThatEveryUserMayWriteToIsRefused(String permissions) throws Exception {
        Files.createSymbolicLink(state.resolve("lock"), victim);
        mode(state, permissions);
        assertRefused("every user may write to it");
        assertThat(Files.getPosixFilePermissions(state)).as("left as it was")
                .isEqualTo(PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aDirectoryThatItsGroupMayWriteToIsRefusedForRootAloneAndClosedForOthers() throws Exception {
        mode(state, "rwxrwxr-x");
        if (FileAccess.self() == FileAccess.ROOT) {
            assertRefused("may write to it (mode 775)");
        } else {
            StateDirectory.take(state).close();
            assertThat(Files.getPosixFilePermissions(state)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "deploy", "native", "cache", "config", "bundles", "tmp", "control.sock",
            "inetd.pid"})
    void aSymbolicLinkInItIsNotFollowed(String name) throws Exception {
        Files.createSymbolicLink(state.resolve(name), victim);
        assertRefused("'" + name + "' in it is a symbolic link");
    }

    @Test
    void theLinkToJavaUnderWhichInetdRunsIsNoObstacle() throws Exception {
        Files.createSymbolicLink(state.resolve("inetd"), Path.of("/bin/true"));
        StateDirectory.take(state).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "native", "native/spawner", "cache/bundle7/bundle.jar", "lock", "bundles"})
    void whatBelongsToAnotherUserIsNotUsed(String name) throws Exception {
        needsRoot();
        Path foreign = state.resolve(name);
        Files.createDirectories(foreign.getParent());
        give(Files.createDirectory(foreign), NOBODY);
        assertRefused(foreign.toRealPath() + " belongs to user " + NOBODY);
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws Exception {
        needsRoot();
        give(state, NOBODY);
        assertRefused("it belongs to user " + NOBODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "native/spawner"})
    void whatEveryUserMayWriteToIsNotUsedIfOthersCouldReachIt(String name) throws Exception {
        Path open = state.resolve(name);
        Files.createDirectories(open.getParent());
        mode(Files.createDirectory(open), "rwxrwxrwx");
        assertRefused("every user may write to " + open.toRealPath());

        mode(state, "rwx------");
        StateDirectory.take(state).close();
    }

    @Test
    void aDirectoryOnTheWayThatEveryUserMayWriteToIsRefusedUnlessItIsSticky() throws Exception {
        Path open = Files.createDirectory(folder.resolve("open"));
        state = Files.createDirectory(open.resolve("state"));
        mode(open, "rwxrwxrwx");
        assertRefused("every user may write to " + open);

        new ProcessBuilder("chmod", "1777", open.toString()).start().waitFor();
        StateDirectory.take(state).close();
    }

    @Test
    void aLinkOnTheWayIsFollowedIfNoOtherUserCanChangeIt() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), state);
        try (StateDirectory taken = StateDirectory.take(link)) {
            assertThat(taken.path()).isEqualTo(state.toRealPath());
        }
        needsRoot();
        new ProcessBuilder("chown", "-h", Integer.toString(NOBODY), link.toString()).start().waitFor();
        assertThatThrownBy(() -> StateDirectory.take(link)).hasMessageContaining("the symbolic link " + link
                + " belongs to user");
    }

    @Test
    void aPidFileThatIsALinkOrAnotherUsersIsNotWrittenTo() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("inetd.pid"), victim);
        assertThatThrownBy(() -> PidFile.write(link, false)).hasMessageContaining("it is a symbolic link");
        assertThat(victim).hasContent("precious");
        needsRoot();
        Files.delete(link);
        give(Files.createFile(link), NOBODY);
        assertThatThrownBy(() -> PidFile.write(link, false)).hasMessageContaining("it belongs to user " + NOBODY);
    }

    @Test
    void rootIsWarnedOfFilesThatOthersMayWrite() throws Exception {
        Path cfg = Files.createFile(state.resolve("org.example.cfg"));
        mode(cfg, "rw-rw-rw-");
        if (FileAccess.self() == FileAccess.ROOT) {
            assertThat(ForeignWriters.warnings(List.of(state))).contains(cfg + " can be written by every user,"
                    + " who gets the rights of root by that");
            give(state, NOBODY);
            assertThat(ForeignWriters.warnings(List.of(state))).anyMatch(line -> line.startsWith(
                    state + " can be written by user " + NOBODY));
        } else {
            assertThat(ForeignWriters.warnings(List.of(state))).isEmpty();
        }
    }
}
