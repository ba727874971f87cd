package org.switchboard.config.internal;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.switchboard.api.config.ConfigurationCheck.ReadFile;
import org.switchboard.posix.SystemText;

/**
 * In which dialect a file is read, and why: the one that the file names; otherwise the one that the server, or the command, was
 * told; otherwise that of the system whose place the file is in; otherwise the server's own. The same for everything that reads.
 *
 * @param reason as the end of a sentence
 */
record ChosenDialect(String name, String reason) {

    /** The same that bin/inetd plays under the names of Debian's and GNU's inetd. */
    private static final Map<String, String> PLACES = Map.of("/etc/inetd.conf", "debian", "/etc/inetd.d", "gnu");

    /** @param told for files that do not name their own */
    static ChosenDialect of(Path file, String text, Optional<String> told) {
        Optional<String> named = Dialects.namedIn(text);
        if (named.isPresent()) {
            return new ChosenDialect(named.get(), "which its first line names");
        }
        if (told.isPresent()) {
            return new ChosenDialect(told.get(), "as told");
        }
        return ofPlace(file);
    }

    private static ChosenDialect ofPlace(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        for (Path place = absolute; place != null && absolute.getNameCount() - place.getNameCount() < 2; place = place.getParent()) {
            Optional<String> dialect = Optional.ofNullable(PLACES.get(place.toString()));
            if (dialect.isPresent()) {
                return new ChosenDialect(dialect.get(), "by its place");
            }
        }
        return new ChosenDialect(Settings.DIALECT, "since it names no other");
    }

    ReadFile read(Path file) {
        return new ReadFile(SystemText.text(file), name, reason);
    }
}
