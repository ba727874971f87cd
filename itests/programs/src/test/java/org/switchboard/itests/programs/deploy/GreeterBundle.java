package org.switchboard.itests.programs.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.switchboard.itests.programs.CompiledBundle;
import org.switchboard.itests.programs.Workspace;

/** A provider bundle of which there can be any number of versions. */
final class GreeterBundle {

    private GreeterBundle() {
    }

    /** Compiles version 1, 2 … for that port; in the texts that clients see, the version is written as {@code v1}. */
    static Path build(Workspace workspace, int version, int port) throws IOException {
        CompiledBundle bundle = new CompiledBundle("org.example.greeter", version + ".0.0", "org.switchboard.api.provider",
                List.of("org.switchboard.api"));
        return bundle.build(workspace, Map.of("Greeter", source("Greeter", version), "Farewell", source("Farewell", version)),
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
