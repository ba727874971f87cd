package org.switchboard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Who a file belongs to and who may write to it.
 *
 * @param owner the user id
 * @param mode with the type of the file, as stat(2) has it
 */
record FileAccess(int owner, int group, int mode) {

    static final int ROOT = 0;

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;
    private static final int STICKY = 01000;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;

    /** Of the file itself, or with no option of what a symbolic link leads to. */
    static FileAccess of(Path path, LinkOption... options) throws IOException {
        Map<String, Object> all = Files.readAttributes(path, "unix:uid,gid,mode", options);
        return new FileAccess((Integer) all.get("uid"), (Integer) all.get("gid"), (Integer) all.get("mode"));
    }

    /** The user id that this process has. */
    static int self() throws IOException {
        return of(Path.of("/proc/self")).owner;
    }

    boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }

    boolean isRegular() {
        return (mode & TYPE) == REGULAR;
    }

    boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    /** Whether everybody may write, and in a directory also replace what belongs to others. */
    boolean isOpenToAll() {
        return !isLink() && (mode & OTHERS_WRITE) != 0 && !(isDirectory() && (mode & STICKY) != 0);
    }

    boolean isOpenToGroup() {
        return !isLink() && (mode & GROUP_WRITES) != 0 && !(isDirectory() && (mode & STICKY) != 0);
    }

    boolean isOwnedBy(int self) {
        return owner == self || owner == ROOT;
    }

    /** Who besides root and this user may write, in words; empty if no one. */
    Optional<String> otherWriters(int self) {
        if (isOpenToAll()) {
            return Optional.of("every user");
        }
        if (!isOwnedBy(self)) {
            return Optional.of("user " + owner);
        }
        return isOpenToGroup() && group != ROOT ? Optional.of("group " + group) : Optional.empty();
    }
}
