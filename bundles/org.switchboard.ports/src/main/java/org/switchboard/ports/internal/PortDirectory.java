package org.switchboard.ports.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.ports.PortClaim;
import org.switchboard.api.ports.PortClaimedException;
import org.switchboard.api.ports.PortHolder;
import org.switchboard.api.ports.PortRegistry;
import org.switchboard.api.ports.PortStatus;
import org.switchboard.api.ports.Reservation;

/** The port registry of this host, with its map of names kept on disk. */
@Component(immediate = true, configurationPid = "org.switchboard.ports")
@Designate(ocd = PortDirectory.Config.class)
public final class PortDirectory implements PortRegistry {

    private static final String STATE_PROPERTY = "switchboard.state";
    private static final String MAP = "services";
    private static final int ROOT = 0;

    private final Logger log;
    private final ServicesFile services;
    private final Reservations reservations;
    private final PortHolders holders;
    private final ScheduledThreadPoolExecutor executor;
    private final PublishedMap map;

    /** Where names come from and where they go to. */
    @ObjectClassDefinition(name = "Switchboard: port names")
    @interface Config {

        @AttributeDefinition(description = "The file that names ports, in the form of services(5). It need not be there.")
        String services_file() default "/etc/services";

        @AttributeDefinition(description = "Whether the names of reserved ports that have none are kept in that file too, as a "
                + "block between two marks, while the server runs. Needs root.")
        boolean etc_services() default false;
    }

    @Activate
    public PortDirectory(BundleContext context, Config config, @Reference(service = LoggerFactory.class) Logger log) {
        this.log = log;
        Path state = Optional.ofNullable(context.getProperty(STATE_PROPERTY)).map(Path::of)
                .orElseGet(() -> context.getDataFile("").toPath());
        ServicesBlock block = new ServicesBlock(state.toString());
        services = new ServicesFile(Path.of(config.services_file()), block, this::changed, log);
        executor = executor();
        reservations = new Reservations(this::changed);
        map = new PublishedMap(services, reservations, block, state.resolve(MAP), executor, log);
        holders = new PortHolders(Path.of("/proc"), ProcessHandle.current().pid());
        if (config.etc_services()) {
            modified(config);
        }
    }

    @Modified
    void modified(Config config) {
        boolean root = isRoot();
        if (config.etc_services() && !root) {
            log.warn("etc.services is set, but only root may write {}; the names are in the state directory only",
                    config.services_file());
        }
        map.inHostFile(config.etc_services() && root, Path.of(config.services_file()));
    }

    @Deactivate
    void deactivate() {
        executor.shutdown();
        map.close();
    }

    @Override
    public OptionalInt port(String name, Transport transport) {
        Optional<Integer> known = services.content().names().named(name, transport).map(NamedPort::port);
        return known.or(() -> reservations.named(name, transport).map(PortClaim::port))
                .map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    @Override
    public Optional<String> name(int port, Transport transport) {
        return services.content().names().numbered(port, transport).map(NamedPort::name)
                .or(() -> reservations.numbered(port, transport).map(PortClaim::name));
    }

    @Override
    public Optional<String> canonicalName(String nameOrAlias, Transport transport) {
        return services.content().names().named(nameOrAlias, transport).map(NamedPort::name)
                .or(() -> reservations.named(nameOrAlias, transport).map(PortClaim::name));
    }

    @Override
    public Reservation reserve(PortClaim claim) throws PortClaimedException {
        return reservations.reserve(claim);
    }

    @Override
    public List<PortStatus> reservations() {
        return reservations.statuses();
    }

    @Override
    public Optional<PortHolder> holder(PortClaim claim) {
        return holders.holder(claim);
    }

    private void changed() {
        map.changed();
    }

    /** Its thread ends when there is nothing to write; what comes after the shutdown is written by {@link #deactivate}. */
    private static ScheduledThreadPoolExecutor executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "switchboard-ports");
            thread.setDaemon(true);
            return thread;
        }, new ThreadPoolExecutor.DiscardPolicy());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setKeepAliveTime(1, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(ROOT);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
