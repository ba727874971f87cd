package org.switchboard.itests.felix.update;

import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.switchboard.api.runtime.SuperServer;
import org.switchboard.itests.felix.Loopback;

/** Settings of the dispatcher for a test. */
final class DispatcherSettings {

    private DispatcherSettings() {
    }

    /** Sets them, and waits for the dispatcher that has them: another one than before. */
    static void set(BundleContext context, ConfigurationAdmin configurations, Map<String, Object> settings) throws Exception {
        ServiceReference<SuperServer> before = context.getServiceReference(SuperServer.class);
        configurations.getConfiguration("org.switchboard.dispatcher", "?").update(new Hashtable<>(settings));
        Loopback.await("the settings are in force", () -> {
            ServiceReference<SuperServer> now = context.getServiceReference(SuperServer.class);
            return now != null && !now.equals(before);
        });
    }
}
