package org.switchboard.itests.karaf;

import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;

/** Another Netty, as Camel brings it, and somebody who serves with it. */
final class Neighbour {

    private static final String NETTY = "io.netty.";
    private static final String EPOLL = "io.netty.transport-classes-epoll";
    private static final String SERVES = "org.example.neighbour";
    /** By name: loaded here, it would wire the test to a Netty. */
    private static final String ECHO = "org.switchboard.itests.karaf.NettyEcho";

    private final List<Bundle> bundles = new ArrayList<>();

    /** Installs and starts it. */
    Neighbour(BundleContext context) throws IOException, BundleException {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("another.netty")))) {
            for (Path jar : jars.sorted().toList()) {
                bundles.add(context.installBundle(jar.toUri().toString()));
            }
        }
        bundles.add(context.installBundle("neighbour:" + SERVES, new ByteArrayInputStream(serving())));
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders().get("Fragment-Host") == null) {
                bundle.start();
            }
        }
    }

    /** Whether a bundle is one of a neighbour's. */
    static boolean has(Bundle bundle) {
        return bundle.getSymbolicName().startsWith(NETTY) || bundle.getSymbolicName().equals(SERVES);
    }

    /** Where it listens on the loopback. */
    int port() {
        return Integer.getInteger(NettyEcho.PORT);
    }

    /** That it has classes and a native library of the same version. */
    void assertItLoadsItsOwnNativeLibrary() throws ReflectiveOperationException {
        for (Bundle bundle : bundles) {
            if (bundle.getSymbolicName().equals(EPOLL)) {
                assertTrue(bundle.toString(),
                        (Boolean) bundle.loadClass("io.netty.channel.epoll.Epoll").getMethod("isAvailable").invoke(null));
            }
        }
    }

    void uninstall(BundleContext context) throws Exception {
        for (Bundle bundle : bundles) {
            bundle.uninstall();
        }
        FrameworkWiring wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        wiring.refreshBundles(bundles);
        Loopback.await("nothing of the neighbour is left", () -> wiring.getRemovalPendingBundles().isEmpty());
    }

    /** A bundle that takes any Netty from 4.1 on, as bundles that were built with 4.1 do. */
    private static byte[] serving() throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", SERVES);
        headers.putValue("Bundle-Activator", ECHO);
        headers.putValue("Import-Package", "org.osgi.framework,"
                + Stream.of("bootstrap", "channel", "channel.nio", "channel.socket", "channel.socket.nio", "buffer", "util", "util.concurrent")
                        .map(name -> NETTY + name + ";version=\"[4.1,5)\"").reduce((one, other) -> one + "," + other).orElseThrow());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (String name : List.of(ECHO, ECHO + "$Back")) {
                String path = name.replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(path));
                try (InputStream code = Neighbour.class.getResourceAsStream("/" + path)) {
                    code.transferTo(jar);
                }
            }
        }
        return bytes.toByteArray();
    }
}
