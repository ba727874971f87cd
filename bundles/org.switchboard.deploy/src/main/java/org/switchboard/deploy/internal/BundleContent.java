package org.switchboard.deploy.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Bundle;

/** Writes the content of an installed bundle into a jar file, from which it can be installed again. */
final class BundleContent {

    private BundleContent() {
    }

    static void write(Bundle bundle, Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            // The first entry, where streams of jar files look for it.
            add(bundle, JarFile.MANIFEST_NAME, out);
            addDirectory(bundle, "/", out);
        }
    }

    private static void addDirectory(Bundle bundle, String directory, ZipOutputStream out) throws IOException {
        Enumeration<String> paths = bundle.getEntryPaths(directory);
        for (String path : paths == null ? Collections.<String>emptyList() : Collections.list(paths)) {
            if (path.endsWith("/")) {
                addDirectory(bundle, path, out);
            } else if (!path.equals(JarFile.MANIFEST_NAME)) {
                add(bundle, path, out);
            }
        }
    }

    private static void add(Bundle bundle, String path, ZipOutputStream out) throws IOException {
        URL entry = bundle.getEntry(path);
        if (entry == null) {
            return;
        }
        out.putNextEntry(new ZipEntry(path));
        try (InputStream content = entry.openStream()) {
            content.transferTo(out);
        }
        out.closeEntry();
    }
}
