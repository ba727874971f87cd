package org.switchboard.config.inetd.internal;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.DialectName;

/**
 * Registers the dialects of the family. The one that files are read in unless they say otherwise comes last: reading begins with
 * it, and then the others are there too.
 */
@Component(immediate = true, service = {})
public final class InetdDialects {

    private static final String PREFERRED = "switchboard.dialect";

    private final List<ServiceRegistration<Dialect>> registrations = new ArrayList<>();

    @Activate
    public InetdDialects(BundleContext context) {
        String preferred = context.getProperty(PREFERRED);
        for (String name : Family.NAMES) {
            if (!name.equals(preferred)) {
                register(context, name);
            }
        }
        if (Family.NAMES.contains(String.valueOf(preferred))) {
            register(context, preferred);
        }
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
    }

    private void register(BundleContext context, String name) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(DialectName.PROPERTY, name);
        registrations.add(context.registerService(Dialect.class, new InetdDialect(name), properties));
    }
}
