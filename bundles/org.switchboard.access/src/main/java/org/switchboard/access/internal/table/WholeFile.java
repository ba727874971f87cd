package org.switchboard.access.internal.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.switchboard.posix.SystemText;

/**
 * Reads a file as a whole or not at all. Its type is looked at first: to open a FIFO waits until another process opens
 * it, too.
 */
final class WholeFile {

    static final int MAX_BYTES = 16 << 20;

    private static final int ATTEMPTS = 3;
    /** A file written to twice within a tick of its clock looks unchanged, so a young one is read every time. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private WholeFile() {
    }

    /** By what a change of a file is seen. */
    record Version(FileTime modified, long size, Object key, boolean settled) {
        static final Version NONE = new Version(FileTime.fromMillis(0), -1, "", false);

        private boolean sameFile(Version other) {
            return modified.equals(other.modified) && size == other.size && key.equals(other.key);
        }

        /**
         * Whether the file that had the other version is certain, or with {@code settled} false likely, to be
         * unchanged.
         */
        boolean unchangedSince(Version other, boolean certain) {
            return sameFile(other) && (settled && other.settled || !certain);
        }
    }

    record Content(Version version, String text) {
    }

    /**
     * The version now; empty if there is no file.
     *
     * @throws IOException if the file is there and is none that can be read
     */
    static Optional<Version> version(Path path) throws IOException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException absent) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("a symbolic link that leads to no file", absent);
            }
            return Optional.empty();
        }
        if (!now.isRegularFile()) {
            throw new IOException(now.isDirectory() ? "Is a directory" : "not a regular file");
        }
        if (now.size() > MAX_BYTES) {
            throw new IOException("larger than " + MAX_BYTES + " bytes");
        }
        boolean settled = now.lastModifiedTime().toInstant().plus(SETTLED).isBefore(Instant.now());
        Object key = Optional.ofNullable(now.fileKey()).orElse("");
        return Optional.of(new Version(now.lastModifiedTime(), now.size(), key, settled));
    }

    /** @throws IOException also if the file changes while it is read */
    static Content read(Path path, Version before) throws IOException {
        Version version = before;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            byte[] bytes;
            try (InputStream in = Files.newInputStream(path)) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
            Version after = version(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
            if (after.sameFile(version) && bytes.length == after.size) {
                return new Content(version, SystemText.decode(bytes));
            }
            version = after;
        }
        throw new IOException("changes while it is read");
    }

    /** Why a file cannot be read, in the words of strerror(3) where it has some. */
    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (failure instanceof FileSystemLoopException) {
            return "Too many levels of symbolic links";
        }
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        return failure instanceof FileSystemException system && system.getReason() != null ? system.getReason()
                : String.valueOf(failure.getMessage());
    }
}
