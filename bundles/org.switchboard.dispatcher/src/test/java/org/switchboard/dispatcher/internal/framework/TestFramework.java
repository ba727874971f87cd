package org.switchboard.dispatcher.internal.framework;

import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.switchboard.api.provider.ProviderName;

/** A running framework with its registry and no bundles. */
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

    /** Stops the framework and waits for that. */
    public void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }
}
