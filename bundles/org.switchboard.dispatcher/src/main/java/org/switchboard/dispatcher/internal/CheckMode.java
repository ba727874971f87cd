package org.switchboard.dispatcher.internal;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Enables the dispatcher, unless this framework was started to check a configuration only: then nothing listens. */
@Component(immediate = true, service = {})
public final class CheckMode {

    private static final String CHECK_ONLY = "switchboard.check";

    @Activate
    public CheckMode(ComponentContext component, BundleContext context) {
        if (!Boolean.parseBoolean(context.getProperty(CHECK_ONLY))) {
            component.enableComponent(Dispatcher.PID);
        }
    }
}
