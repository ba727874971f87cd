package org.switchboard.launcher;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/** The OSGi framework with the bundles of the distribution in it. Bundles stay where they are. */
final class EmbeddedFramework {

    private final Framework framework;

    private EmbeddedFramework(Framework framework) {
        this.framework = framework;
    }

    /**
     * Creates the framework and installs the bundles; none runs yet.
     *
     * @param fresh whether to forget what the storage holds of an earlier run
     */
    static EmbeddedFramework create(Map<String, String> properties, Bundles bundles, boolean fresh) throws LaunchException {
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(Bundles.LAST_LEVEL));
        if (fresh) {
            properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        }
        Framework framework = new FrameworkFactory().newFramework(properties);
        try {
            framework.init(EmbeddedFramework::report);
            installAll(framework.getBundleContext(), bundles);
            // All at once: left to their own start, each would cost a search of its own.
            framework.adapt(FrameworkWiring.class).resolveBundles(List.of(framework.getBundleContext().getBundles()));
        } catch (BundleException e) {
            throw new LaunchException("the OSGi framework does not start: " + reason(e));
        }
        return new EmbeddedFramework(framework);
    }

    private static void installAll(BundleContext context, Bundles bundles) throws LaunchException, BundleException {
        Set<String> present = new HashSet<>();
        for (Bundle bundle : context.getBundles()) {
            present.add(bundle.getLocation());
        }
        for (Path jar : bundles.jars()) {
            String location = "reference:" + jar.toUri();
            if (present.contains(location)) {
                continue;
            }
            Bundle bundle = install(context, location, jar);
            bundle.adapt(BundleStartLevel.class).setStartLevel(Bundles.level(jar));
            boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
            if (!fragment && !Bundles.onDemand(jar)) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
    }

    private static Bundle install(BundleContext context, String location, Path jar) throws LaunchException {
        try {
            return context.installBundle(location);
        } catch (BundleException e) {
            throw new LaunchException("the bundle " + jar + " cannot be installed in " + context.getProperty(Constants.FRAMEWORK_STORAGE)
                    + ": " + reason(e));
        }
    }

    /** Errors go to the log, unless it is the log that does not come up. */
    private static void report(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR && !logs(event.getSource())) {
            System.err.println("switchboard: " + event.getBundle() + ": " + event.getThrowable());
        }
    }

    private static boolean logs(Object source) {
        return source instanceof Framework framework && framework.getBundleContext() != null
                && framework.getBundleContext().getServiceReference("org.osgi.service.log.LogReaderService") != null;
    }

    /** Starts all bundles, in the order of their levels; returns when the last one had its turn. */
    void start() throws LaunchException {
        try {
            framework.start();
        } catch (BundleException e) {
            throw new LaunchException("the OSGi framework does not start: " + reason(e));
        }
    }

    /** What the system or the jar file is to blame for; the framework only says what it tried. */
    private static String reason(BundleException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Leaves the terminal and the directory that the process was started from, as the properties say, if there is who can do that. */
    void detach() {
        try {
            for (ServiceReference<Runnable> reference : context().getServiceReferences(Runnable.class, "(switchboard.detachment=true)")) {
                context().getService(reference).run();
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops all bundles, the last started first, without waiting for them. */
    void stop() {
        try {
            framework.stop();
        } catch (BundleException e) {
            System.err.println("switchboard: the OSGi framework does not stop: " + e.getMessage());
        }
    }

    /** Waits until the framework stopped, for whatever reason; an update of the framework is not the end. */
    void awaitStop() throws InterruptedException {
        while (framework.waitForStop(0).getType() == FrameworkEvent.STOPPED_UPDATE) {
            Thread.onSpinWait();
        }
    }
}
