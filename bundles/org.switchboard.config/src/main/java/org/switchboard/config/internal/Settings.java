package org.switchboard.config.internal;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What is to be read, and how strictly.
 *
 * @param operands files, and directories of files
 * @param strict whether one error keeps the whole previous configuration
 */
record Settings(List<Path> operands, boolean strict) {

    Settings {
        operands = List.copyOf(operands);
    }

    /** @param lists paths, or several paths with the platform's path separator between them */
    static Settings of(boolean strict, String... lists) {
        return new Settings(Arrays.stream(lists).flatMap(list -> Arrays.stream(list.split(File.pathSeparator)))
                .map(String::strip).filter(path -> !path.isEmpty()).map(Path::of).toList(), strict);
    }
}
