package org.switchboard.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes sure that a directory is used by this user alone: that no other user may write to it, has left something in it,
 * or may put another directory in its place. Who may write there decides what the server executes.
 */
final class PrivateDirectory {

    /** Of a directory on the way, deeper than any system has them. */
    private static final int MAX_LINKS = 40;

    /** Where what others leave is executed or read by the server. */
    private static final Set<String> SEARCHED = Set.of("native", "cache", "config");

    /** The links to Java under which the server may run, which the start script makes. */
    private static final Set<String> LINKS = Set.of("inetd");

    private final Path path;
    private final int self;
    /** Whether other users could enter the directory until now. */
    private boolean entered;

    private PrivateDirectory(Path path) throws IOException {
        this.path = path;
        this.self = FileAccess.self();
    }

    /**
     * Checks the directory, all on the way to it, and what lies in it, and takes the rights of other users away that
     * only let them look.
     *
     * @return the path of the directory without symbolic links
     * @throws LaunchException if another user may write or has written there
     */
    static Path require(Path path) throws IOException, LaunchException {
        PrivateDirectory directory = new PrivateDirectory(path);
        directory.checkWay(path.toAbsolutePath(), 0);
        Path real = path.toRealPath();
        directory.checkItself(real);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
        directory.checkContent(real);
        return real;
    }

    private LaunchException refused(String what) {
        return new LaunchException("the state directory " + path + " is not safe: " + what
                + "; name another one with --state DIR");
    }

    /** Every directory on the way, and the links in it, which another user must not be able to replace. */
    private void checkWay(Path whole, int links) throws IOException, LaunchException {
        if (links > MAX_LINKS) {
            throw refused("too many symbolic links lead to it");
        }
        Path current = whole.getRoot();
        for (Path name : whole) {
            FileAccess parent = FileAccess.of(current);
            if (parent.isOpenToAll()) {
                throw refused("every user may write to " + current);
            }
            if (self == FileAccess.ROOT && !parent.isOwnedBy(self)) {
                System.err.println("switchboard: warning: " + current
                        + " on the way to the state directory belongs to user "
                        + parent.owner() + ", who can replace what is in it");
            }
            Path next = current.resolve(name).normalize();
            FileAccess access = FileAccess.of(next, LinkOption.NOFOLLOW_LINKS);
            if (access.isLink()) {
                if (!access.isOwnedBy(self)) {
                    throw refused("the symbolic link " + next + " belongs to user " + access.owner());
                }
                next = current.resolve(Files.readSymbolicLink(next)).normalize();
                checkWay(next, links + 1);
            }
            current = next;
        }
    }

    private void checkItself(Path real) throws IOException, LaunchException {
        FileAccess access = FileAccess.of(real, LinkOption.NOFOLLOW_LINKS);
        if (!access.isDirectory()) {
            throw refused("it is not a directory");
        }
        if (access.owner() != self) {
            throw refused("it belongs to user " + access.owner() + ", not to us");
        }
        // Here the sticky bit does not help: others could add files.
        if ((access.mode() & 0002) != 0) {
            throw refused("every user may write to it (mode " + Integer.toOctalString(access.mode() & 07777) + ")");
        }
        if ((access.mode() & 0020) != 0 && self == FileAccess.ROOT) {
            throw refused("group " + access.group() + " may write to it (mode "
                    + Integer.toOctalString(access.mode() & 07777) + ")");
        }
        if ((access.mode() & 0020) != 0) {
            System.err.println("switchboard: warning: group " + access.group() + " could write to the state directory "
                    + real
                    + "; from now on it cannot");
        }
        entered = (access.mode() & 0011) != 0;
    }

    private void checkContent(Path real) throws IOException, LaunchException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                FileAccess access = FileAccess.of(entry, LinkOption.NOFOLLOW_LINKS);
                if (access.isLink() && !LINKS.contains(name)) {
                    throw refused("'" + name + "' in it is a symbolic link");
                }
                checkEntry(entry, access);
                if (access.isDirectory() && SEARCHED.contains(name)) {
                    checkTree(entry);
                }
            }
        }
    }

    private void checkTree(Path directory) throws IOException, LaunchException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                FileAccess access = FileAccess.of(entry, LinkOption.NOFOLLOW_LINKS);
                checkEntry(entry, access);
                if (access.isDirectory()) {
                    checkTree(entry);
                }
            }
        }
    }

    private void checkEntry(Path entry, FileAccess access) throws LaunchException {
        if (!access.isOwnedBy(self)) {
            throw refused(entry + " belongs to user " + access.owner());
        }
        if (entered && access.isOpenToAll() && (access.isDirectory() || access.isRegular())) {
            throw refused("every user may write to " + entry);
        }
    }
}
