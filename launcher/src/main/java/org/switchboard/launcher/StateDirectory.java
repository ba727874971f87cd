package org.switchboard.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The directory that the running server owns: mode 0700, used by no other user, and locked as long as this object is
 * open. The lock is the kernel's, so what a dead server left behind is no obstacle.
 */
final class StateDirectory implements AutoCloseable {

    private static final int MOST_SERVERS = 64;

    private final Path path;
    // Closing any other descriptor of the lock file in this process would drop the lock: nobody else here may open it.
    private final FileChannel lockFile;

    private StateDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Creates the directory if need be, and takes it. */
    static StateDirectory take(Path path) throws LaunchException {
        try {
            create(path);
            return lock(PrivateDirectory.require(path));
        } catch (IOException e) {
            throw new LaunchException("cannot use the state directory " + path + ": " + reason(e)
                    + "; name another one with --state DIR");
        }
    }

    /** The same, or if another server runs there, the first free one of those beside it: {@code switchboard.2} and so on. */
    static StateDirectory takeFree(Path path) throws LaunchException {
        Path next = path;
        for (int number = 2; number <= MOST_SERVERS; number++) {
            try {
                return take(next);
            } catch (HeldException held) {
                next = path.resolveSibling(path.getFileName() + "." + number);
            }
        }
        return take(next);
    }

    /** Another server runs there. */
    private static final class HeldException extends LaunchException {

        private static final long serialVersionUID = 1L;

        HeldException(String message) {
            super(message);
        }
    }

    private static void create(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path.toAbsolutePath().getParent(), mode("rwxr-xr-x"));
            Files.createDirectory(path, mode("rwx------"));
        }
    }

    static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static StateDirectory lock(Path path) throws IOException, LaunchException {
        Path file = path.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
            channel.close();
            throw new HeldException("another server runs on the state directory " + path
                    + (pid.isEmpty() ? "" : " (pid " + pid + ")"));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return new StateDirectory(path, channel);
    }

    /** What an operator calls it. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "not a directory";
        }
        // Its message begins with the file, which the caller names.
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return String.valueOf(e.getMessage());
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lockFile.truncate(0);
        lockFile.close();
    }
}
