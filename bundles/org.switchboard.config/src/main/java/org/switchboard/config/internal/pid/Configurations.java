package org.switchboard.config.internal.pid;

import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.switchboard.api.config.EntrySource;
import org.switchboard.api.config.ServiceTable;

/**
 * Collects the configured services. It comes to life with the first configuration and goes with the last one, and only then
 * is there a source that can be asked to read again.
 */
@Component(service = Configurations.class)
public final class Configurations {

    private static final long IDLE_SECONDS = 2;

    private final ThreadPoolExecutor publisher;
    private final ConfigurationSource source;
    private final ServiceRegistration<EntrySource> registration;

    @Activate
    public Configurations(BundleContext context, @Reference(service = LoggerFactory.class) Logger log) {
        publisher = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                task -> new Thread(task, "switchboard-configurations"));
        publisher.allowCoreThreadTimeOut(true);
        source = new ConfigurationSource(publisher, log);
        registration = context.registerService(EntrySource.class, source, null);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        source.close();
        publisher.shutdown();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTable(ServiceTable table) {
        source.table(table);
    }

    void unbindTable(ServiceTable table) {
        source.tableGone(table);
    }

    void put(String pid, Map<String, ?> properties) {
        source.put(pid, properties);
    }

    void remove(String pid) {
        source.remove(pid);
    }
}
