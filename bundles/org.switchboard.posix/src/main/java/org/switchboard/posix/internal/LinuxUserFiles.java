package org.switchboard.posix.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.posix.SystemText;
import org.switchboard.posix.UserFiles;

/** Files opened by open(2) and looked at through {@code /proc/self/fd}, which leads to the open file and not to its name. */
@Component
public final class LinuxUserFiles implements UserFiles {

    private static final int O_RDONLY = 0;
    private static final int O_NOCTTY = 0400;
    private static final int O_CLOEXEC = 02000000;
    private static final int TYPE_OF_FILE = 0170000;
    private static final int IS_REGULAR = 0100000;

    /** Differs between processors. */
    private static final int O_NOFOLLOW = System.getProperty("os.arch").equals("aarch64") ? 0100000 : 0400000;

    private final NativeParts parts;

    @Activate
    public LinuxUserFiles(@Reference NativeParts parts) {
        this.parts = parts;
    }

    @Override
    public Optional<byte[]> head(Path file, int uid, int most) throws IOException {
        parts.require();
        byte[] path = SystemText.terminated(SystemText.text(file));
        int fd = LibC.open(path, O_RDONLY | LibC.O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
        if (fd < 0) {
            return Optional.empty();
        }
        try {
            return isOwn(fd, uid) ? read(fd, most) : Optional.empty();
        } finally {
            LibC.close(fd);
        }
    }

    private static boolean isOwn(int fd, int uid) throws IOException {
        Map<String, Object> opened = Files.readAttributes(Path.of("/proc/self/fd/" + fd), "unix:mode,uid");
        return ((Integer) opened.get("mode") & TYPE_OF_FILE) == IS_REGULAR && opened.get("uid").equals(uid);
    }

    private static Optional<byte[]> read(int fd, int most) {
        byte[] bytes = new byte[most];
        long count = LibC.read(fd, bytes, most);
        return count < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(bytes, (int) count));
    }
}
