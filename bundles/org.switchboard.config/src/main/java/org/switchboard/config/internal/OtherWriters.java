package org.switchboard.config.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Origin;

/**
 * Who besides root may write to a file that a server of root takes programs from: they get the rights of root by that.
 */
final class OtherWriters {

    private static final int ROOT = 0;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;

    private OtherWriters() {
    }

    /** A warning about a file that has just been read; none where the server is not root's. */
    static Optional<Finding> warning(Path file) {
        try {
            if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(ROOT)) {
                return Optional.empty();
            }
            Optional<String> writers = writers(file).map(who -> "the file can be written by " + who);
            if (writers.isEmpty()) {
                writers = writers(file.toRealPath().getParent())
                        .map(who -> "the directory of the file can be written by " + who);
            }
            return writers.map(sentence -> Finding.warning(new Origin(file.toString(), 0), sentence
                    + ", who gets the rights of root by that"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            // Not a system that says it: then it has no root either.
            return Optional.empty();
        }
    }

    private static Optional<String> writers(Path path) throws IOException {
        Map<String, Object> all = Files.readAttributes(path, "unix:uid,gid,mode");
        int mode = (Integer) all.get("mode");
        if ((mode & STICKY) != 0 && Files.isDirectory(path)) {
            return Optional.empty();
        }
        if ((mode & OTHERS_WRITE) != 0) {
            return Optional.of("every user");
        }
        if (!all.get("uid").equals(ROOT)) {
            return Optional.of("user " + all.get("uid"));
        }
        return (mode & GROUP_WRITES) != 0 && !all.get("gid").equals(ROOT) ? Optional.of("group " + all.get("gid"))
                : Optional.empty();
    }
}
