package org.switchboard.dispatcher.internal.provider;

import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.posix.SystemText;

/**
 * A bundle that an entry names where others name a provider: {@code bundle:/srv/qotd.jar}, {@code bundle:qotd.jar} beside the
 * file that names it, or {@code mvn:group/artifact/version} where the container resolves that. {@code #name} behind it picks one
 * of several providers. It is installed and started with the first client.
 *
 * @param location where the framework gets it from
 * @param provider the name of the provider; empty for the only one, or the preferred one
 */
public record NamedBundle(String location, Optional<String> provider) {

    private static final String FILE = "bundle:";
    private static final String MAVEN = "mvn:";

    /** What the entry names; empty if that is an ordinary provider. */
    public static Optional<NamedBundle> of(ServiceEntry entry) {
        String text = entry.provider();
        if (!text.startsWith(FILE) && !text.startsWith(MAVEN)) {
            return Optional.empty();
        }
        int hash = text.lastIndexOf('#');
        String where = hash < 0 ? text : text.substring(0, hash);
        Optional<String> provider = hash < 0 ? Optional.empty() : Optional.of(text.substring(hash + 1));
        return Optional.of(new NamedBundle(where.startsWith(MAVEN) ? where : file(where.substring(FILE.length()), entry), provider));
    }

    /** A path that cannot be one stays as it is, for the complaint about it. */
    private static String file(String path, ServiceEntry entry) {
        try {
            Path named = SystemText.path(entry.origin().source()).resolveSibling(path).normalize();
            return named.isAbsolute() ? named.toUri().toString() : path;
        } catch (InvalidPathException wrong) {
            return path;
        }
    }

    /** Why it cannot be installed, as far as that can be said without trying. Reads the file system. */
    public Optional<String> obstacle() {
        if (!location.startsWith("file:") && !location.startsWith(MAVEN)) {
            return Optional.of("'" + location + "' is not an absolute path, and no file says beside what it lies");
        }
        try {
            URL url = new URL(location);
            if (location.startsWith(MAVEN) || Files.isReadable(Path.of(url.toURI()))) {
                return Optional.empty();
            }
            return Optional.of("bundle '" + url.getPath() + "' does not exist, or may not be read");
        } catch (MalformedURLException unknown) {
            return Optional.of("nobody here resolves '" + location + "'");
        } catch (URISyntaxException wrong) {
            return Optional.of("'" + location + "' cannot be read: " + wrong.getMessage());
        }
    }

    boolean isInstalled(BundleContext context) {
        Bundle bundle = context.getBundle(location);
        return bundle != null && (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE)) != 0;
    }

    /** Whether that provider is the one that is meant. */
    boolean means(ProviderHandle handle) {
        Bundle bundle = handle.reference().getBundle();
        return bundle != null && bundle.getLocation().equals(location)
                && provider.map(handle.name()::equals).orElse(true);
    }

    /** It goes after this bundle and comes before it, so that no port is open without its provider. */
    void install(BundleContext context) throws BundleException {
        Bundle bundle = context.installBundle(location);
        int own = context.getBundle().adapt(BundleStartLevel.class).getStartLevel();
        if (bundle.getState() == Bundle.INSTALLED && own > 1) {
            bundle.adapt(BundleStartLevel.class).setStartLevel(own - 1);
        }
        bundle.start(Bundle.START_ACTIVATION_POLICY);
    }
}
