package org.switchboard.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file in which scripts look for our process id. As inetd has always done it, a second server takes the file over; only
 * where it is exclusive, one that another server holds is refused. It is ours as long as it has our number in it.
 *
 * <p>Source: inetd(8), Debian and FreeBSD.
 */
final class PidFile implements AutoCloseable {

    private final Path path;
    private final String content;
    // Keeps the lock of an exclusive file; closing it gives that up.
    private final FileChannel channel;

    private PidFile(Path path, String content, FileChannel channel) {
        this.path = path;
        this.content = content;
        this.channel = channel;
    }

    /**
     * Writes the file.
     *
     * @throws AlreadyRunningException if it is exclusive, and held
     * @throws IOException if it cannot be written
     */
    static PidFile write(Path path, boolean exclusive) throws IOException, AlreadyRunningException {
        requireOurs(path);
        String content = ProcessHandle.current().pid() + "\n";
        FileChannel channel = FileChannel.open(path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        try {
            if (exclusive) {
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    throw new AlreadyRunningException(Files.readString(path, StandardCharsets.US_ASCII).strip());
                }
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII)));
            return new PidFile(path, content, channel);
        } catch (IOException | AlreadyRunningException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Writing to a file that another user has put there would destroy the file, or tell that user's number to scripts.
     */
    private static void requireOurs(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            FileAccess access = FileAccess.of(path, LinkOption.NOFOLLOW_LINKS);
            if (!access.isRegular()) {
                throw new IOException(access.isLink() ? "it is a symbolic link" : "it is not a regular file");
            }
            if (!access.isOwnedBy(FileAccess.self())) {
                throw new IOException("it belongs to user " + access.owner());
            }
        }
    }

    /** Another server holds the file. */
    static final class AlreadyRunningException extends Exception {

        private static final long serialVersionUID = 1L;

        /** @param pid its process id, as it stands in the file */
        AlreadyRunningException(String pid) {
            super("already running, pid: " + pid);
        }
    }

    /** Removes the file, unless it is somebody else's by now or cannot be removed. Any thread, any number of times. */
    @Override
    public synchronized void close() {
        try {
            if (Files.exists(path) && Files.readString(path, StandardCharsets.US_ASCII).equals(content)) {
                Files.delete(path);
            }
            channel.close();
        } catch (IOException e) {
            System.err.println("cannot remove the pid file " + path + ": " + e);
        }
    }
}
