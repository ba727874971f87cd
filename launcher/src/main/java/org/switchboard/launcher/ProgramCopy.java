package org.switchboard.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The private copy of {@code lib} and {@code bundles} that a server runs from, so that an upgrade may write over the
 * install. The start script makes it; servers share it, and each holds a shared lock of the kernel on it. A copy that no
 * server holds is kept for the next start until a server runs from another one.
 */
final class ProgramCopy {

    private static final String LOCK = "lock";
    private static final String PATTERN = "program[-.]*";
    /** From when the start script has chosen a copy until the server holds it. */
    private static final Duration STARTING = Duration.ofMinutes(1);

    private final Path directory;
    /** Never closed: the lock ends with the process, and not before. */
    private final FileChannel held;

    private ProgramCopy(Path directory, FileChannel held) {
        this.directory = directory;
        this.held = held;
    }

    /** Holds the copy, so that no other server removes it. */
    static Optional<ProgramCopy> hold(Optional<Path> directory) throws LaunchException {
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        try {
            FileChannel channel = FileChannel.open(directory.get().resolve(LOCK), StandardOpenOption.READ);
            if (channel.tryLock(0, Long.MAX_VALUE, true) == null) {
                channel.close();
                throw new LaunchException("another server removes " + directory.get() + "; start again");
            }
            return Optional.of(new ProgramCopy(directory.get(), channel));
        } catch (IOException e) {
            throw new LaunchException("cannot use the copy of the program: " + e);
        }
    }

    /** Removes the copies beside this one that no server holds. */
    void removeOthers() {
        Instant now = Instant.now();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory.getParent(), PATTERN)) {
            for (Path other : found) {
                if (!other.equals(directory) && Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
                        && lastChosen(other).isBefore(now.minus(STARTING))
                        && isUnused(other)) {
                    remove(other);
                }
            }
        } catch (IOException e) {
            System.err.println("switchboard: cannot remove an old copy of the program: " + e);
        }
    }

    /** The start script writes to the lock when it chooses a copy that is there, and makes the lock last in a new one. */
    private static Instant lastChosen(Path other) throws IOException {
        Path lock = other.resolve(LOCK);
        return Files.getLastModifiedTime(Files.exists(lock) ? lock : other).toInstant();
    }

    private static boolean isUnused(Path other) throws IOException {
        Path file = other.resolve(LOCK);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (NoSuchFileException e) {
            // It was never complete.
            return true;
        }
    }

    private static void remove(Path other) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(other)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
