package org.switchboard.control.internal;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;

/** A Felix framework with SCR, Gogo and this bundle, as the distribution has it: JLine and gogo.jline are there and not started. */
final class RunningFramework {

    private static final List<String> STARTED = List.of("org.osgi.util.function", "org.osgi.util.promise",
            "org.osgi.service.component", "org.apache.felix.log", "org.apache.felix.scr", "org.apache.felix.gogo.runtime",
            "org.apache.felix.gogo.command");
    private static final List<String> LIBRARIES = List.of("jline", "org.apache.felix.gogo.jline");

    private final Framework framework;

    /** @param withJLine whether the bundles for the interactive shell are installed */
    RunningFramework(Path storage, Path state, boolean withJLine) throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of(
                "org.osgi.framework.storage", storage.toString(), "switchboard.state", state.toString()));
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (String name : STARTED) {
            bundles.add(install(jar(name).toUri().toString()));
        }
        if (withJLine) {
            for (String name : LIBRARIES) {
                install(jar(name).toUri().toString());
            }
        }
        bundles.add(install("reference:" + Path.of("target/classes").toUri()));
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Registers an object with Gogo commands. */
    void register(String scope, Object commands, String... functions) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.command.scope", scope);
        properties.put("osgi.command.function", functions);
        context().registerService(Object.class, commands, properties);
    }

    Bundle bundle(String symbolicName) {
        for (Bundle bundle : context().getBundles()) {
            if (bundle.getSymbolicName().equals(symbolicName)) {
                return bundle;
            }
        }
        throw new IllegalStateException("no bundle " + symbolicName);
    }

    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(0);
    }

    private Bundle install(String location) throws Exception {
        return context().installBundle(location);
    }

    private static Path jar(String artifact) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (path.getFileName().toString().matches(artifact + "-[0-9.]+\\.jar")) {
                return path;
            }
        }
        throw new IllegalStateException("no " + artifact + " on the class path");
    }
}
