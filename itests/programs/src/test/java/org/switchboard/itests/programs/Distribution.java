package org.switchboard.itests.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The distribution that the build left in {@code launcher/target/switchboard}. */
public final class Distribution {

    private static final Path HOME = Path.of(System.getProperty("switchboard.distribution", "launcher/target/switchboard"))
            .toAbsolutePath().normalize();

    private Distribution() {
    }

    /** {@code bin/switchboard}. */
    public static String script() {
        return script("switchboard");
    }

    /** {@code bin/inetd}. */
    public static String inetd() {
        return script("inetd");
    }

    private static String script(String name) {
        Path script = HOME.resolve("bin").resolve(name);
        if (!Files.isExecutable(script)) {
            throw new IllegalStateException("no " + script + "; run this through 'mvn verify'");
        }
        return script.toString();
    }

    /** The jar of the framework. */
    static Path framework() {
        return HOME.resolve("lib/org.apache.felix.framework.jar");
    }

    /** The jar of a bundle, by its symbolic name. */
    public static Path bundle(String symbolicName) throws IOException {
        try (Stream<Path> jars = Files.list(HOME.resolve("bundles"))) {
            List<Path> found = jars.filter(jar -> jar.getFileName().toString().matches(symbolicName + "(-[0-9].*)?\\.jar")).toList();
            if (found.size() != 1) {
                throw new IllegalStateException(symbolicName + " in " + HOME + ": " + found);
            }
            return found.get(0);
        }
    }
}
