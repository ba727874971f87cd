package org.switchboard.itests.programs.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.switchboard.itests.programs.CompiledBundle;
import org.switchboard.itests.programs.Workspace;

/** A provider bundle of which there can be any number of versions. */
final class GreeterBundle {

    private static final String IMPORTS = "org.switchboard.api.provider";

    private GreeterBundle() {
    }

    /** Compiles version 1, 2 … for that port; in the texts that clients see, the version is written as {@code v1}. */
    static Path build(Workspace workspace, int version, int port) throws IOException {
        return build(workspace, bundle(version, IMPORTS), version, port, Map.of());
    }

    /** The same, which needs a package more. */
    static Path importing(String needed, Workspace workspace, int version, int port) throws IOException {
        return build(workspace, bundle(version, IMPORTS + "," + needed), version, port, Map.of());
    }

    /** The same with an activator that throws an exception with the message {@code no luck}. */
    static Path failing(Workspace workspace, int version, int port) throws IOException {
        return build(workspace, bundle(version, IMPORTS + ",org.osgi.framework").withActivator("Failing"), version, port,
                Map.of("Failing", CompiledBundle.text("/greeter/Failing.java.txt")));
    }

    private static CompiledBundle bundle(int version, String imports) {
        return new CompiledBundle("org.example.greeter", version + ".0.0", imports, List.of("org.switchboard.api"));
    }

    private static Path build(Workspace workspace, CompiledBundle bundle, int version, int port, Map<String, String> more)
            throws IOException {
        Map<String, String> sources = new TreeMap<>(more);
        sources.putAll(Map.of("Greeter", source("Greeter", version), "Farewell", source("Farewell", version)));
        return bundle.build(workspace, sources,
                CompiledBundle.text("/greeter/greeter.xml.txt").replace("@PORT@", Integer.toString(port)));
    }

    private static String source(String name, int version) throws IOException {
        return CompiledBundle.text("/greeter/" + name + ".java.txt").replace("@VERSION@", "v" + version);
    }

    /** Puts the jar into a deploy folder in one step, over an older one if there is one. */
    static Path drop(Path jar, Path folder) throws IOException {
        Path hidden = Files.copy(jar, folder.resolve("greeter.jar.new"));
        return Files.move(hidden, folder.resolve("greeter.jar"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
