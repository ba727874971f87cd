package org.switchboard.itests.programs.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.switchboard.itests.programs.Distribution;
import org.switchboard.itests.programs.Workspace;

/** A provider bundle compiled while the test runs, so that there can be any number of versions of it. */
final class GreeterBundle {

    private static final String PACKAGE = "org.example.greeter";
    private static final List<String> CLASSES = List.of("Greeter", "Farewell");

    private GreeterBundle() {
    }

    /** Compiles version 1, 2 … for that port; in the texts that clients see, the version is written as {@code v1}. */
    static Path build(Workspace workspace, int version, int port) throws IOException {
        Path sources = workspace.resolve("source-" + version);
        Path classes = Files.createDirectories(workspace.resolve("classes-" + version));
        for (String name : CLASSES) {
            Files.createDirectories(sources);
            Files.writeString(sources.resolve(name + ".java"), resource(name + ".java.txt").replace("@VERSION@", "v" + version));
        }
        compile(sources, classes);
        Path jar = workspace.resolve("greeter-" + version + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest(version))) {
            add(out, "OSGI-INF/greeter.xml", resource("greeter.xml.txt").replace("@PORT@", Integer.toString(port))
                    .getBytes(StandardCharsets.UTF_8));
            addClasses(out, classes);
        }
        return jar;
    }

    /** Puts the jar into a deploy folder in one step, over an older one if there is one. */
    static Path drop(Path jar, Path folder) throws IOException {
        Path hidden = Files.copy(jar, folder.resolve("greeter.jar.new"));
        return Files.move(hidden, folder.resolve("greeter.jar"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void compile(Path sources, Path classes) throws IOException {
        List<String> arguments = List.of("--release", "17", "-d", classes.toString(),
                "-classpath", Distribution.bundle("org.switchboard.api").toString(),
                sources.resolve("Greeter.java").toString(), sources.resolve("Farewell.java").toString());
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IOException("the greeter does not compile");
        }
    }

    private static Manifest manifest(int version) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", PACKAGE);
        headers.putValue("Bundle-Version", version + ".0.0");
        headers.putValue("Import-Package", "org.switchboard.api.provider");
        headers.putValue("Service-Component", "OSGI-INF/greeter.xml");
        headers.putValue("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.component)\"");
        return manifest;
    }

    private static void addClasses(JarOutputStream out, Path classes) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            add(out, classes.relativize(file).toString(), Files.readAllBytes(file));
        }
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = GreeterBundle.class.getResourceAsStream("/greeter/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
