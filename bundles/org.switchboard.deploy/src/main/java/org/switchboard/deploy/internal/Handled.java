package org.switchboard.deploy.internal;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** From which state of its file each bundle was installed, so that a restart does not try again what has not changed. */
final class Handled {

    /** Something that is written down. */
    interface Change {
        void write() throws IOException;
    }

    /** Behind a location, which is a URL and so has no blank. */
    private static final String PROBLEM = " problem";

    private final Path memory;
    private final Properties stamps = new Properties();

    /** What cannot be read is not remembered: then each bundle is updated once more. */
    Handled(Path memory) {
        this.memory = memory;
        if (Files.exists(memory)) {
            try (Reader text = Files.newBufferedReader(memory)) {
                stamps.load(text);
            } catch (IOException | IllegalArgumentException unreadable) {
                stamps.clear();
            }
        }
    }

    Optional<String> stamp(String location) {
        return Optional.ofNullable(stamps.getProperty(location));
    }

    /** Why that state of the file was not installed, but the former one is. */
    Optional<String> problem(String location) {
        return Optional.ofNullable(stamps.getProperty(location + PROBLEM));
    }

    void put(String location, String stamp) throws IOException {
        stamps.remove(location + PROBLEM);
        stamps.setProperty(location, stamp);
        write();
    }

    void reject(String location, String stamp, String problem) throws IOException {
        stamps.setProperty(location + PROBLEM, problem);
        stamps.setProperty(location, stamp);
        write();
    }

    void remove(String location) throws IOException {
        stamps.remove(location + PROBLEM);
        if (stamps.remove(location) != null) {
            write();
        }
    }

    private void write() throws IOException {
        try (Writer text = Files.newBufferedWriter(memory)) {
            stamps.store(text, null);
        }
    }
}
