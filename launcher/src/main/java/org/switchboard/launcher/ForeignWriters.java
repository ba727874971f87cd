package org.switchboard.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Warns a server of root about what it reads or executes and others may write: with it, they have the rights of root.
 * Files of inetd.conf warn of themselves, when they are read.
 */
final class ForeignWriters {

    private static final List<Path> HOSTS = List.of(Path.of("/etc/hosts.allow"), Path.of("/etc/hosts.deny"));

    private ForeignWriters() {
    }

    /**
     * The warnings; none where the server is not root's.
     *
     * @param directories that bundles and settings are installed from
     */
    static List<String> warnings(List<Path> directories) throws IOException {
        List<String> warnings = new ArrayList<>();
        if (FileAccess.self() == FileAccess.ROOT) {
            for (Path directory : directories) {
                warning(directory).ifPresent(warnings::add);
                for (Path file : files(directory)) {
                    warning(file).ifPresent(warnings::add);
                }
            }
            for (Path file : HOSTS) {
                warning(file).ifPresent(warnings::add);
            }
        }
        return warnings;
    }

    private static List<Path> files(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
                found.forEach(files::add);
            }
        }
        return files;
    }

    private static Optional<String> warning(Path path) throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        return FileAccess.of(path).otherWriters(FileAccess.ROOT)
                .map(writers -> path + " can be written by " + writers + ", who gets the rights of root by that");
    }
}
