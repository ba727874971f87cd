package org.switchboard.refresh.internal;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;

/** The log service, by reflection: an import would have this bundle refreshed together with the log. Without one, stderr. */
class FrameworkLog {

    private static final String FACTORY = "org.osgi.service.log.LoggerFactory";
    private static final String LOGGER = "org.osgi.service.log.Logger";

    private final BundleContext context;

    FrameworkLog(BundleContext context) {
        this.context = context;
    }

    void doesNotStart(Bundle bundle, BundleException why) {
        String text = bundle + " was stopped by a refresh or an update and does not start again: " + why.getMessage();
        try {
            ServiceReference<?> reference = context.getServiceReference(FACTORY);
            if (reference == null) {
                System.err.println(text);
                return;
            }
            Bundle log = reference.getBundle();
            Object logger = log.loadClass(FACTORY).getMethod("getLogger", String.class).invoke(context.getService(reference),
                    FrameworkLog.class.getName());
            log.loadClass(LOGGER).getMethod("error", String.class).invoke(logger, text);
        } catch (ReflectiveOperationException | RuntimeException noLog) {
            System.err.println(text);
        }
    }
}
