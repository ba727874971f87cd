package org.switchboard.config.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** What the operands stand for: themselves, or the files of a directory in the order of their names. */
final class Operands {

    static final int MAX_FILES = 1000;

    /** What editors and package managers leave beside a file, and hidden files. */
    private static final Pattern LEFT_OVER = Pattern.compile(
            "\\..*|#.*#|.*~|.*\\.(bak|old|orig|save|swp|tmp|rpmnew|rpmsave|rpmorig|ucf-.*|dpkg-.*)");

    private Operands() {
    }

    /** @throws IOException if a directory cannot be listed, or holds more than {@value #MAX_FILES} files */
    static List<Path> filesOf(Path operand) throws IOException {
        if (!Files.isDirectory(operand)) {
            return List.of(operand);
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> directory = Files.newDirectoryStream(operand, Operands::counts)) {
            for (Path file : directory) {
                if (files.size() == MAX_FILES) {
                    throw new IOException("more than " + MAX_FILES + " files");
                }
                files.add(file);
            }
        }
        Collections.sort(files);
        return files;
    }

    private static boolean counts(Path file) {
        return Files.isRegularFile(file) && !isLeftOver(file);
    }

    static boolean isLeftOver(Path file) {
        return LEFT_OVER.matcher(file.getFileName().toString()).matches();
    }
}
