package org.switchboard.itests.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A directory that every user may enter, since programs run as others than we do. Gone when closed. */
public final class Workspace implements AutoCloseable {

    /** Of what every user may enter or execute. */
    static final Set<PosixFilePermission> OPEN_TO_ALL = PosixFilePermissions.fromString("rwxr-xr-x");

    private static final Set<PosixFilePermission> READABLE_BY_ALL = PosixFilePermissions.fromString("r--r--r--");

    private final Path path;

    private Workspace(Path path) {
        this.path = path;
    }

    public static Workspace create() throws IOException {
        Path path = Files.createTempDirectory("switchboard-itest");
        Files.setPosixFilePermissions(path, OPEN_TO_ALL);
        return new Workspace(path);
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** A file that everybody may read, whatever the umask of this process is. */
    public Path write(String name, String text) throws IOException {
        Path file = resolve(name);
        Files.createDirectories(file.getParent());
        for (Path folder = file.getParent(); !folder.equals(path); folder = folder.getParent()) {
            Files.setPosixFilePermissions(folder, OPEN_TO_ALL);
        }
        Files.writeString(file, text);
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.addAll(READABLE_BY_ALL)) {
            Files.setPosixFilePermissions(file, permissions);
        }
        return file;
    }

    /** A file that everybody may read and execute. */
    public Path program(String name, String text) throws IOException {
        return Files.setPosixFilePermissions(write(name, text), OPEN_TO_ALL);
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(path)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
