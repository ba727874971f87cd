package org.switchboard.deploy.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.switchboard.deploy.internal.file.FileObstacle;

/**
 * Tells the bundles of inetd services in Karaf's folder for deployment: those that import a package of ours. A file belongs
 * where the bundle belongs that was installed from it, whatever has become of the file. Any thread.
 */
final class OwnJars {

    /** The framework property with Karaf's directory. */
    private static final String KARAF = "karaf.base";

    private static final String OURS = "org.switchboard.";

    private final BundleContext context;
    private final Optional<Path> folder;

    OwnJars(BundleContext context) {
        this.context = context;
        folder = Optional.ofNullable(context.getProperty(KARAF))
                .map(base -> real(Path.of(base, "deploy")));
    }

    /** FileInstall resolves symbolic links in the name of its folder, and so in the locations of bundles. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException notThere) {
            return folder.toAbsolutePath().normalize();
        }
    }

    /** Karaf's folder for deployment; nothing in other containers. */
    Optional<Path> folder() {
        return folder;
    }

    boolean contains(Path file) {
        if (folder.filter(parent -> parent.equals(file.getParent())).isEmpty() || !file.toString().endsWith(".jar")) {
            return false;
        }
        Bundle bundle = context.getBundle(DeployedJar.location(file));
        return isOurs(bundle == null ? imports(file) : bundle.getHeaders("").get(Constants.IMPORT_PACKAGE));
    }

    private static boolean isOurs(String imports) {
        return imports != null && imports.contains(OURS);
    }

    /** Null if there are none, or the file is not whole. */
    private static String imports(Path file) {
        if (FileObstacle.of(file).isPresent()) {
            return null;
        }
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            return manifest == null ? null : manifest.getMainAttributes().getValue(Constants.IMPORT_PACKAGE);
        } catch (IOException | SecurityException | IllegalArgumentException notWhole) {
            return null;
        }
    }
}
