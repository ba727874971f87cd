package org.switchboard.deploy.internal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A jar file that is complete and a bundle.
 *
 * @param symbolicName without directives
 */
public record WholeJar(String symbolicName, Version version) {

    private static final int BUFFER = 1 << 16;

    /** Reads all of it, with its checksums: a file that is being written over may have the end of the former one. */
    public static WholeJar examine(Path file) throws InvalidJarException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                check(jar, entry);
            }
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                throw new InvalidJarException("not a bundle: it has no manifest");
            }
            return of(manifest.getMainAttributes());
        } catch (IOException | SecurityException | IllegalArgumentException e) {
            throw new InvalidJarException("not a whole jar file: " + e.getMessage());
        }
    }

    private static void check(JarFile jar, ZipEntry entry) throws IOException, InvalidJarException {
        CRC32 checksum = new CRC32();
        byte[] buffer = new byte[BUFFER];
        try (InputStream content = jar.getInputStream(entry)) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                checksum.update(buffer, 0, count);
            }
        }
        if (entry.getCrc() >= 0 && entry.getCrc() != checksum.getValue()) {
            throw new InvalidJarException("not a whole jar file: the checksum of '" + entry.getName() + "' is wrong");
        }
    }

    private static WholeJar of(Attributes headers) throws InvalidJarException {
        String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (name == null || name.isBlank()) {
            throw new InvalidJarException("not a bundle: its manifest has no Bundle-SymbolicName");
        }
        String version = headers.getValue(Constants.BUNDLE_VERSION);
        try {
            return new WholeJar(name.split(";", 2)[0].strip(), Version.parseVersion(version));
        } catch (IllegalArgumentException e) {
            throw new InvalidJarException("not a bundle: Bundle-Version '" + version + "' cannot be read");
        }
    }

    @Override
    public String toString() {
        return symbolicName + " " + version;
    }
}
