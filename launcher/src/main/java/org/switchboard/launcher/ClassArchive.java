package org.switchboard.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The archive of loaded classes that makes the start shorter. Java takes it only if it is the very one that made it, and
 * goes without a word where it does not.
 */
final class ClassArchive {

    private static final String VERSION = "archive.version";

    private ClassArchive() {
    }

    /** Keeps which Java makes the archive. */
    static void recordVersion(Path lib) throws IOException {
        Files.writeString(lib.resolve(VERSION), version());
    }

    /** What the operator should know, if this Java cannot use the archive. */
    static Optional<String> warning(Path lib) {
        String remedy = "; the start takes longer, and 'switchboard train' makes a new archive";
        try {
            String made = Files.readString(lib.resolve(VERSION));
            return made.equals(version()) ? Optional.empty()
                    : Optional.of("the class archive is for " + made + ", this is " + version() + remedy);
        } catch (NoSuchFileException e) {
            return Optional.of("there is no class archive in " + lib + remedy);
        } catch (IOException e) {
            return Optional.of("cannot read of which Java the class archive is: " + e + remedy);
        }
    }

    private static String version() {
        return "Java " + System.getProperty("java.vm.version") + " of " + System.getProperty("java.vm.vendor");
    }
}
