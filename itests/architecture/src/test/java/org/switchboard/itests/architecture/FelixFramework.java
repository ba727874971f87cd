package org.switchboard.itests.architecture;

import java.nio.file.Path;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** A bare Felix framework for one test. */
final class FelixFramework implements AutoCloseable {

    private final Framework framework;

    FelixFramework(Path storage) throws BundleException {
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", storage.toString(),
                "felix.log.level", "1"));
        framework.start();
    }

    /** Installs the bundle that lies there, a jar or a folder, where it lies. */
    Bundle install(Path location) throws BundleException {
        return framework.getBundleContext().installBundle("reference:" + location.toUri());
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the framework was stopping", e);
        }
    }
}
