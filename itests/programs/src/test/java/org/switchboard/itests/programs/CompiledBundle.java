package org.switchboard.itests.programs;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** A bundle compiled while the test runs: of components, or with an activator. */
public final class CompiledBundle {

    private final String name;
    private final String version;
    private final String imports;
    private final List<String> needed;
    private final Optional<String> activator;

    /**
     * @param name its symbolic name, and the name of its package
     * @param needed symbolic names of the bundles that it is compiled against
     */
    public CompiledBundle(String name, String version, String imports, List<String> needed) {
        this(name, version, imports, needed, Optional.empty());
    }

    private CompiledBundle(String name, String version, String imports, List<String> needed, Optional<String> activator) {
        this.name = name;
        this.version = version;
        this.imports = imports;
        this.needed = needed;
        this.activator = activator;
    }

    /** One without components: an activator that needs nothing but the framework. */
    public static Path activator(Workspace workspace, String name, String activator, String source) throws IOException {
        String imports = "org.osgi.framework,org.osgi.framework.startlevel,org.osgi.framework.wiring";
        return new CompiledBundle(name, "1.0.0", imports, List.of(), Optional.of(name + "." + activator))
                .build(workspace, Map.of(activator, source), "");
    }

    /** The same with an activator, by the simple name of its class. */
    public CompiledBundle withActivator(String simpleName) {
        return new CompiledBundle(name, version, imports, needed, Optional.of(name + "." + simpleName));
    }

    /**
     * Compiles it.
     *
     * @param sources the text of each class, by its simple name
     * @param component the description of its component
     */
    public Path build(Workspace workspace, Map<String, String> sources, String component) throws IOException {
        Path folder = Files.createDirectories(workspace.resolve(name + "-source-" + version));
        Path classes = Files.createDirectories(workspace.resolve(name + "-classes-" + version));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Files.writeString(folder.resolve(source.getKey() + ".java"), source.getValue());
        }
        compile(folder, sources, classes);
        Path jar = workspace.resolve(name + "-" + version + ".jar");
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file, manifest(component))) {
            if (!component.isEmpty()) {
                add(out, "OSGI-INF/component.xml", component.getBytes(StandardCharsets.UTF_8));
            }
            addClasses(out, classes);
        }
        return jar;
    }

    private void compile(Path folder, Map<String, String> sources, Path classes) throws IOException {
        List<String> jars = new ArrayList<>(List.of(Distribution.framework().toString()));
        for (String bundle : needed) {
            jars.add(Distribution.bundle(bundle).toString());
        }
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", classes.toString(), "-classpath",
                String.join(File.pathSeparator, jars)));
        sources.keySet().forEach(source -> arguments.add(folder.resolve(source + ".java").toString()));
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IOException(name + " does not compile");
        }
    }

    private Manifest manifest(String component) {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", name);
        headers.putValue("Bundle-Version", version);
        headers.putValue("Import-Package", imports);
        if (activator.isPresent()) {
            headers.putValue("Bundle-Activator", activator.get());
        }
        if (!component.isEmpty()) {
            headers.putValue("Service-Component", "OSGI-INF/component.xml");
            headers.putValue("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.component)\"");
        }
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

    /** The text of a resource of the tests. */
    public static String text(String resource) throws IOException {
        try (InputStream in = CompiledBundle.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
