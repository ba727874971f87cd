package org.switchboard.dispatcher.internal.framework;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.switchboard.api.provider.ProviderName;

/** A running framework with its registry, and no bundles but those that a test asks for. */
public final class TestFramework {

    private final Framework framework;

    public TestFramework(Path storage) throws BundleException {
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
        framework.start();
    }

    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** Registers a provider under a name, or a service factory for one. */
    public ServiceRegistration<?> register(Class<?> kind, Object provider, String name, int ranking) {
        Dictionary<String, Object> properties = new Hashtable<>(
                Map.of(ProviderName.PROPERTY, name, Constants.SERVICE_RANKING, ranking));
        return context().registerService(kind.getName(), provider, properties);
    }

    /** Installs and starts a bundle that has nothing in it but these headers, beside its name and version. */
    public Bundle bundle(String name, String version, Map<String, String> headers) throws BundleException, IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, name);
        manifest.getMainAttributes().putValue(Constants.BUNDLE_VERSION, version);
        headers.forEach(manifest.getMainAttributes()::putValue);
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        new JarOutputStream(jar, manifest).close();
        Bundle bundle = context().installBundle(name + "-" + version, new ByteArrayInputStream(jar.toByteArray()));
        bundle.start();
        return bundle;
    }

    /** Stops the framework and waits for that. */
    public void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
