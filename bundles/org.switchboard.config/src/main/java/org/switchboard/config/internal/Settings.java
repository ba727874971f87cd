package org.switchboard.config.internal;

import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.switchboard.posix.SystemText;

/**
 * What is to be read, and how.
 *
 * @param operands files, and directories of files
 * @param strict whether one error keeps the whole previous configuration
 * @param told the dialect of files that do not name their own; empty to go by their place
 * @param defaults what entries get that do not say otherwise
 */
record Settings(List<Path> operands, boolean strict, Optional<String> told, Defaults defaults) {

    /** What files are read in unless somebody says otherwise. */
    static final String DIALECT = "switchboard";

    Settings {
        operands = List.copyOf(operands);
    }

    Settings(List<Path> operands, boolean strict) {
        this(operands, strict, Optional.empty(), Defaults.NONE);
    }

    /** @param lists paths, or several paths with the platform's path separator between them */
    static Settings of(boolean strict, String... lists) {
        List<Path> operands = new ArrayList<>();
        for (String list : lists) {
            for (String path : list.split(File.pathSeparator)) {
                if (!path.isBlank()) {
                    operands.add(path(path.strip()));
                }
            }
        }
        return new Settings(operands, strict);
    }

    /** In the locale of the server, as a command line is; where that has no such characters, in UTF-8. */
    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException otherCharacters) {
            return SystemText.path(text);
        }
    }

    Settings in(Optional<String> otherDialect, Defaults otherDefaults) {
        return new Settings(operands, strict, otherDialect, otherDefaults);
    }

    /** The dialect without which nothing is read. */
    String dialect() {
        return told.orElse(DIALECT);
    }
}
