package org.switchboard.ports.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.switchboard.posix.SystemText;

/** A file that others read at any time: it is replaced whole or not at all, and keeps its owner, group and mode. */
final class AtomicFile {

    private AtomicFile() {
    }

    /** @param text what {@link SystemText} made of the bytes */
    static void replace(Path file, String text) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file;
        Path fresh = Files.createTempFile(target.toAbsolutePath().getParent(), ".switchboard-", ".tmp");
        try {
            Files.write(fresh, SystemText.encode(text));
            dress(fresh, target);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void dress(Path fresh, Path target) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        if (!Files.exists(target)) {
            view.setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
            return;
        }
        PosixFileAttributes old = Files.readAttributes(target, PosixFileAttributes.class);
        PosixFileAttributes mine = view.readAttributes();
        if (!mine.owner().equals(old.owner())) {
            view.setOwner(old.owner());
        }
        if (!mine.group().equals(old.group())) {
            view.setGroup(old.group());
        }
        view.setPermissions(old.permissions());
    }
}
