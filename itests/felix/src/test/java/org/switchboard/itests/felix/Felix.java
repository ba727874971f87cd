package org.switchboard.itests.felix;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import org.ops4j.pax.exam.Option;

/** The server's bundles in a Felix framework, as Pax Exam wants them described. */
public final class Felix {

    private static final File BUNDLES = new File("target/bundles");

    private Felix() {
    }

    /** All bundles of the server, with a state directory of their own and no configuration file. */
    public static Option server() {
        File[] jars = BUNDLES.listFiles((folder, name) -> name.endsWith(".jar"));
        if (jars == null || jars.length == 0) {
            throw new IllegalStateException("no bundles in " + BUNDLES.getAbsolutePath() + "; run this through 'mvn verify'");
        }
        Arrays.sort(jars);
        List<Option> options = new ArrayList<>(List.of(junitBundles(), frameworkProperty("switchboard.state").value(state()),
                frameworkProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("WARN")));
        for (File jar : jars) {
            options.add(isFragment(jar) ? bundle(jar.toURI().toString()).noStart() : bundle(jar.toURI().toString()));
        }
        return composite(options.toArray(Option[]::new));
    }

    private static String state() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "state").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFragment(File jar) {
        try (JarFile file = new JarFile(jar)) {
            return file.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
        } catch (IOException e) {
            throw new UncheckedIOException(jar.toString(), e);
        }
    }
}
