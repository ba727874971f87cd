package org.switchboard.deploy.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What changes when a file is written, or another takes its place. */
record FileStamp(boolean regular, long size, long modified, String key) {

    static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(attributes.isRegularFile(), attributes.size(),
                attributes.lastModifiedTime().toMillis(), String.valueOf(attributes.fileKey()));
    }

    /** To be kept over a restart. */
    String text() {
        return size + " " + modified + " " + key;
    }
}
