package org.switchboard.itests.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The house as built: the bundles on the class path, as jars or as folders of classes, and their sources. */
final class House {

    static final String PREFIX = "org.switchboard.";

    /** The one bundle that has no source of ours. */
    static final String NETTY = "org.switchboard.netty.transport";

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private House() {
    }

    /** Where each bundle of this project is, by symbolic name. */
    static Map<String, Path> bundles() {
        Map<String, Path> bundles = new TreeMap<>();
        try {
            for (URL url : Collections.list(House.class.getClassLoader().getResources(MANIFEST))) {
                String name = symbolicName(url);
                if (name.startsWith(PREFIX)) {
                    bundles.put(name, location(url));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bundles;
    }

    /** The folders of the bundles in the source tree that have sources; without the archetype, which is none. */
    static List<Path> folders() {
        Path root = Path.of("").toAbsolutePath().getParent().getParent().resolve("bundles");
        try (Stream<Path> children = Files.list(root)) {
            return children.filter(child -> Files.exists(child.resolve("src/main/java"))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String symbolicName(URL manifest) throws IOException {
        try (InputStream stream = manifest.openStream()) {
            String name = new Manifest(stream).getMainAttributes().getValue("Bundle-SymbolicName");
            return name == null ? "" : name.split(";")[0].trim();
        }
    }

    /** From {@code jar:file:/x.jar!/META-INF/MANIFEST.MF} or {@code file:/classes/META-INF/MANIFEST.MF}. */
    private static Path location(URL manifest) {
        String text = manifest.toString();
        if (manifest.getProtocol().equals("jar")) {
            return Path.of(URI.create(text.substring("jar:".length(), text.indexOf("!/"))));
        }
        return Path.of(URI.create(text.substring(0, text.length() - MANIFEST.length())));
    }
}
