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
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Hands on each configuration of the factory PID {@code org.switchboard.service}, with its values as they are: a typed view
 * would turn a typo into a zero and say nothing. FileInstall, in the distribution and in Karaf, takes only {@code -} for the
 * sign behind a factory PID; of a file called {@code org.switchboard.service~ftp.cfg} it makes a configuration with a PID of
 * its own, and of {@code org.switchboard.service.cfg} one with the factory PID as its PID. Declarative Services gives a
 * component either the one kind or the other, and fails where both are there; so they are read here.
 */
@Component(service = {}, immediate = true, configurationPid = ServiceConfigurations.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.IGNORE)
@Designate(ocd = ServiceAttributes.class, factory = true)
public final class ServiceConfigurations implements SynchronousConfigurationListener {

    static final String FACTORY_PID = "org.switchboard.service";
    private static final String PREFIX = FACTORY_PID + "~";
    private static final String ALL = "(|(service.factoryPid=" + FACTORY_PID + ")(service.pid=" + FACTORY_PID + ")(service.pid="
            + PREFIX + "*))";

    private final ConfigurationAdmin admin;
    private final ComponentServiceObjects<Configurations> sources;
    private final Logger log;
    private final ServiceRegistration<SynchronousConfigurationListener> registration;
    /** Guarded by this, as is the source, which is held while there are any: without configurations there is no source. */
    private final Set<String> pids = new HashSet<>();
    private Optional<Configurations> source = Optional.empty();

    @Activate
    public ServiceConfigurations(BundleContext context, @Reference ConfigurationAdmin admin,
            @Reference ComponentServiceObjects<Configurations> sources,
            @Reference(service = LoggerFactory.class) Logger log) {
        this.admin = admin;
        this.sources = sources;
        this.log = log;
        registration = context.registerService(SynchronousConfigurationListener.class, this, null);
        read(ALL);
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (!concerns(event.getPid(), event.getFactoryPid())) {
            return;
        }
        if (event.getType() == ConfigurationEvent.CM_DELETED) {
            remove(event.getPid());
        } else if (event.getType() == ConfigurationEvent.CM_UPDATED) {
            read("(service.pid=" + event.getPid().replaceAll("[\\\\*()]", "\\\\$0") + ")");
        }
    }

    /** @param factoryPid null if the configuration is none of a factory */
    private static boolean concerns(String pid, String factoryPid) {
        return factoryPid == null ? pid.equals(FACTORY_PID) || pid.startsWith(PREFIX) : factoryPid.equals(FACTORY_PID);
    }

    private void read(String filter) {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            for (Configuration configuration : found == null ? new Configuration[0] : found) {
                if (concerns(configuration.getPid(), configuration.getFactoryPid())) {
                    put(configuration.getPid(), values(configuration.getProperties()));
                }
            }
        } catch (IOException | InvalidSyntaxException e) {
            log.error("cannot read the configurations {}", filter, e);
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
        source.ifPresentOrElse(present -> present.put(pid, values),
                () -> log.error("{} is not read: what collects the services does not start", pid));
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
