package org.switchboard.deploy.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What changes when a file is written, or another takes its place. */
public record FileStamp(boolean regular, long size, long modified, String key) {

    public static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(attributes.isRegularFile(), attributes.size(),
                attributes.lastModifiedTime().toMillis(), String.valueOf(attributes.fileKey()));
    }

    /** To be kept over a restart. */
    public String text() {
        return size + " " + modified + " " + key;
    }
}
