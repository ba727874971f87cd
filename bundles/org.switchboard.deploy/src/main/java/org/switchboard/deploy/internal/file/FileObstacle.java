package org.switchboard.deploy.internal.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What keeps the content of a file from being read. The file is not opened: to open a FIFO or a device may never return. */
public final class FileObstacle {

    private static final int KIND = 0170000;
    private static final int FIFO = 0010000;
    private static final int SOCKET = 0140000;

    private FileObstacle() {
    }

    /** Nothing if there is no such file. */
    public static Optional<String> of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return Optional.of((attributes.isDirectory() ? "a directory" : special(file)) + ", and not a regular file");
            }
            return Files.isReadable(file) ? Optional.empty() : Optional.of("cannot be read: permission denied");
        } catch (NoSuchFileException e) {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of("a symbolic link to a file that is not there")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be read: " + reason(e));
        }
    }

    private static String special(Path file) throws IOException {
        return switch ((int) Files.getAttribute(file, "unix:mode") & KIND) {
            case FIFO -> "a FIFO";
            case SOCKET -> "a socket";
            default -> "a device";
        };
    }

    /** The message without the name of the file, where there is one. */
    public static String reason(IOException failure) {
        return failure instanceof FileSystemException known && known.getReason() != null ? known.getReason()
                : String.valueOf(failure.getMessage());
    }
}
