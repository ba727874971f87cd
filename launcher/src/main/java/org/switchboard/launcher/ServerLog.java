package org.switchboard.launcher;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * The log of the running server, by reflection: outside of the framework its classes are others. Without a log, stderr.
 */
final class ServerLog {

    private static final String FACTORY = "org.osgi.service.log.LoggerFactory";
    private static final String LOGGER = "org.osgi.service.log.Logger";

    private final BundleContext context;
    private final String program;

    ServerLog(BundleContext context, String program) {
        this.context = context;
        this.program = program;
    }

    void warn(String text) {
        ServiceReference<?> reference = context.getServiceReference(FACTORY);
        if (reference == null) {
            System.err.println(program + ": warning: " + text);
            return;
        }
        try {
            Bundle bundle = reference.getBundle();
            Object logger = bundle.loadClass(FACTORY).getMethod("getLogger", String.class)
                    .invoke(context.getService(reference), "org.switchboard.launcher");
            bundle.loadClass(LOGGER).getMethod("warn", String.class).invoke(logger, text);
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.err.println(program + ": warning: " + text);
        }
    }
}
