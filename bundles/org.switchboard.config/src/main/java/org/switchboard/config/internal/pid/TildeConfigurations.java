package org.switchboard.config.internal.pid;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * Reads files called {@code org.switchboard.service~ftp.cfg}. FileInstall, in the distribution and in Karaf, takes only
 * {@code -} for the sign behind a factory PID; of such a file it makes a configuration that no component is given.
 */
@Component(service = {}, immediate = true)
public final class TildeConfigurations implements ConfigurationListener {

    private static final String PREFIX = ConfiguredService.FACTORY_PID + "~";

    private final ConfigurationAdmin admin;
    private final ComponentServiceObjects<Configurations> sources;
    private final Logger log;
    private final ServiceRegistration<ConfigurationListener> registration;
    /** Guarded by this, as is the source, which is held while there are any: without configurations there is no source. */
    private final Set<String> pids = new HashSet<>();
    private Optional<Configurations> source = Optional.empty();

    @Activate
    public TildeConfigurations(BundleContext context, @Reference ConfigurationAdmin admin,
            @Reference ComponentServiceObjects<Configurations> sources,
            @Reference(service = LoggerFactory.class) Logger log) {
        this.admin = admin;
        this.sources = sources;
        this.log = log;
        registration = context.registerService(ConfigurationListener.class, this, null);
        read(PREFIX + "*");
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (!event.getPid().startsWith(PREFIX) || event.getFactoryPid() != null) {
            return;
        }
        if (event.getType() == ConfigurationEvent.CM_DELETED) {
            remove(event.getPid());
        } else if (event.getType() == ConfigurationEvent.CM_UPDATED) {
            read(event.getPid().replaceAll("[\\\\*()]", "\\\\$0"));
        }
    }

    private void read(String pids) {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + pids + ")");
            for (Configuration configuration : found == null ? new Configuration[0] : found) {
                if (configuration.getFactoryPid() == null) {
                    put(configuration.getPid(), values(configuration.getProperties()));
                }
            }
        } catch (IOException | InvalidSyntaxException e) {
            log.error("cannot read the configurations {}", pids, e);
        }
    }

    private static Map<String, Object> values(Dictionary<String, Object> dictionary) {
        return dictionary == null ? Map.of() : Collections.list(dictionary.keys()).stream()
                .collect(Collectors.toMap(Function.identity(), dictionary::get));
    }

    private synchronized void put(String pid, Map<String, Object> values) {
        pids.add(pid);
        if (source.isEmpty()) {
            source = Optional.ofNullable(sources.getService());
        }
        source.ifPresent(present -> present.put(pid, values));
    }

    private synchronized void remove(String pid) {
        if (pids.remove(pid)) {
            source.ifPresent(present -> present.remove(pid));
        }
        if (pids.isEmpty()) {
            letGo();
        }
    }

    private void letGo() {
        source.ifPresent(sources::ungetService);
        source = Optional.empty();
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        synchronized (this) {
            letGo();
        }
    }
}
