package org.switchboard.dispatcher.internal;

import io.netty.channel.EventLoop;
import java.io.File;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;
import org.switchboard.api.config.EntrySource;
import org.switchboard.api.config.RejectedEntry;
import org.switchboard.api.config.ReloadReport;
import org.switchboard.api.config.ServiceTable;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.ports.PortRegistry;
import org.switchboard.api.ports.RpcRegistry;
import org.switchboard.api.provider.Switchyard;
import org.switchboard.api.runtime.SuperServer;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.buffer.BufferBudget;
import org.switchboard.dispatcher.internal.events.EventBridge;
import org.switchboard.dispatcher.internal.listen.Loops;
import org.switchboard.dispatcher.internal.mux.Junction;
import org.switchboard.dispatcher.internal.provider.LeftoverThreads;
import org.switchboard.dispatcher.internal.provider.ProviderDirectory;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.dispatcher.internal.provider.Retirement;
import org.switchboard.dispatcher.internal.resolve.LazyService;
import org.switchboard.dispatcher.internal.resolve.Resolver;
import org.switchboard.dispatcher.internal.runtime.RuntimeView;
import org.switchboard.dispatcher.internal.serve.ConnectionServer;
import org.switchboard.dispatcher.internal.serve.DatagramServer;
import org.switchboard.dispatcher.internal.serve.DescriptorServer;
import org.switchboard.dispatcher.internal.serve.PeerServer;
import org.switchboard.dispatcher.internal.serve.SessionStage;
import org.switchboard.dispatcher.internal.serve.Workers;
import org.switchboard.dispatcher.internal.service.OpeningGate;
import org.switchboard.dispatcher.internal.service.ReturnedPorts;
import org.switchboard.dispatcher.internal.service.Settings;
import org.switchboard.dispatcher.internal.service.Settling;
import org.switchboard.dispatcher.internal.service.Surroundings;
import org.switchboard.dispatcher.internal.service.SuspendedServices;
import org.switchboard.dispatcher.internal.session.AccessLog;
import org.switchboard.dispatcher.internal.session.AwaitedSessions;
import org.switchboard.dispatcher.internal.session.SessionRegistry;
import org.switchboard.dispatcher.internal.table.Reconciler;
import org.switchboard.dispatcher.internal.table.Whiteboard;
import org.switchboard.dispatcher.internal.watch.DispatcherThread;
import org.switchboard.dispatcher.internal.watch.ThreadWatch;
import org.switchboard.posix.DatagramSockets;
import org.switchboard.posix.HeldSockets;
import org.switchboard.posix.Readiness;
import org.switchboard.posix.SocketQueues;
import org.switchboard.posix.Sockets;
import org.switchboard.posix.Users;

/** Wires the dispatcher together, and takes it apart in the reverse order. */
@Component(name = Dispatcher.PID, configurationPid = Dispatcher.PID, immediate = true, service = {})
@Designate(ocd = DispatcherSettings.class)
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.switchboard.api.config.ServiceTable\"", effective = "active")
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.switchboard.api.provider.Switchyard\"", effective = "active")
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"org.switchboard.api.runtime.SuperServer\"", effective = "active")
public final class Dispatcher implements ServiceTable, ProviderDirectory.Observer {

    static final String PID = "org.switchboard.dispatcher";

    private static final String ACCESS_LOG = "switchboard.access";
    private static final String DRAIN_AT_SHUTDOWN = "switchboard.shutdown.drain";
    private static final String CHECK_ONLY = "switchboard.check";
    private static final int MOST_LOOPS = 4;
    private static final Duration OBSTACLE_CHECK = Duration.ofSeconds(5);
    private static final long LEFTOVER_SECONDS = 5;
    private static final Duration SHUTDOWN_GRACE = Duration.ofMillis(1000);
    private static final Duration ERRANDS = Duration.ofSeconds(10);
    private static final Duration SHUTDOWN_ERRANDS = Duration.ofMillis(300);
    private static final Duration LAST_TASK = Duration.ofSeconds(5);
    private static final Duration AFTER_CUT = Duration.ofMillis(300);

    private final BundleContext context;
    private final DispatcherSettings settings;
    private final Logger log;
    private final List<EntrySource> sources = new CopyOnWriteArrayList<>();
    private final DispatcherThread dispatcher;
    private final OpeningGate gate = new OpeningGate();
    private final ThreadWatch watch;
    private final Workers workers;
    private final Loops loops;
    private final PeerServer peers;
    private final EventBridge events;
    private final SessionRegistry sessions;
    private final AwaitedSessions awaited;
    private final Admission admission;
    private final HeldSockets held;
    private final ProviderDirectory directory;
    private final Reconciler reconciler;
    private final Junction junction;
    private final Whiteboard whiteboard;
    private final Retirement retirement;
    private final BundleListener uninstalling;
    private Optional<ServiceRegistration<ServiceTable>> table = Optional.empty();
    private Optional<ServiceRegistration<SuperServer>> view = Optional.empty();
    private Optional<ServiceRegistration<Switchyard>> switchyard = Optional.empty();
    private Optional<ServiceRegistration<LongSupplier>> signs = Optional.empty();

    @Activate
    public Dispatcher(BundleContext context, Map<String, Object> properties, @Reference Admission admission,
            @Reference PortRegistry ports, @Reference ComponentServiceObjects<RpcRegistry> rpcObjects,
            @Reference Sockets sockets, @Reference DatagramSockets datagramSockets, @Reference SocketQueues queues,
            @Reference HeldSockets held, @Reference Readiness readiness, @Reference Users users,
            @Reference LoggerFactory loggers) {
        this.context = context;
        this.admission = admission;
        this.held = held;
        this.log = loggers.getLogger(Dispatcher.class);
        this.settings = new CheckedSettings(properties, log);
        InstantSource clock = InstantSource.system();
        dispatcher = new DispatcherThread(log);
        workers = new Workers(settings.blocking_sessions());
        loops = new Loops(loops(settings.event_loops()), log);
        watch = new ThreadWatch(() -> Stream.concat(Stream.of(dispatcher), loops.running()).toList(), log);
        AccessLog accessLog = new AccessLog(loggers.getLogger(ACCESS_LOG), clock);
        events = new EventBridge(context);
        sessions = new SessionRegistry(accessLog, clock, events);
        awaited = new AwaitedSessions(sessions, log);
        directory = new ProviderDirectory(context, clock, this);
        SessionStage stage = new SessionStage(admission.sessionRules(), workers, directory,
                Duration.ofSeconds(settings.admission_timeout_seconds()), clock);
        DescriptorServer descriptors = new DescriptorServer(admission, stage, sessions, sockets, datagramSockets,
                queues, workers, dispatcher);
        LazyService<RpcRegistry> rpc = new LazyService<>(rpcObjects);
        peers = new PeerServer(admission, stage, sessions, workers, sockets, datagramSockets, dispatcher, log);
        Settling settling = new Settling(workers::errand);
        reconciler = new Reconciler(new Surroundings(dispatcher, gate, directory, ports, sockets, held, rpc, readiness, loops,
                new Resolver(ports, sockets, users, rpc), admission,
                new ConnectionServer(admission, stage, sessions, workers, descriptors, sockets,
                        new BufferBudget(settings.buffer_kilobytes() * 1024L,
                                settings.kernel_buffer_kilobytes() * 1024L, log)),
                        descriptors, peers,
                new DatagramServer(admission, stage, sessions, workers, accessLog), workers,
                new ReturnedPorts(), suspended(context), times(settings), settling, clock, events, log));
        loops.onEnd(this::loopEnded);
        junction = new Junction(reconciler, settling, loops, sockets);
        whiteboard = new Whiteboard(settings.whiteboard_address(), Duration.ofSeconds(settings.replace_grace_seconds()),
                dispatcher, reconciler::publishLater, log);
        retirement = new Retirement(directory, reconciler::names, Duration.ofSeconds(settings.retire_seconds()), dispatcher,
                workers::errand, clock, log);
        uninstalling = event -> {
            if (event.getType() == BundleEvent.UNINSTALLED) {
                whiteboard.uninstalled(event.getBundle());
            }
        };
    }

    private void loopEnded(EventLoop loop) {
        sessions.lost(loop);
        reconciler.loopEnded();
    }

    private SuspendedServices suspended(BundleContext of) {
        return new SuspendedServices(Optional.ofNullable(of.getDataFile("suspended")).map(File::toPath),
                of.getProperty(Constants.FRAMEWORK_UUID), log);
    }

    private static int loops(int configured) {
        return configured > 0 ? configured : Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors());
    }

    private static Settings times(DispatcherSettings settings) {
        return new Settings(Duration.ofSeconds(settings.retry_seconds()),
                Duration.ofSeconds(settings.provider_wait_seconds()), OBSTACLE_CHECK,
                settings.fault_limit(), settings.looping_starts());
    }

    /** Starts following providers, and only then lets others publish. Where configurations are only checked, nobody may. */
    @Activate
    void start() {
        // Also for a check: providers that need it would not be there.
        switchyard = Optional.of(context.registerService(Switchyard.class, junction, null));
        if (Boolean.parseBoolean(context.getProperty(CHECK_ONLY))) {
            return;
        }
        watch.start();
        signs = Optional.of(context.registerService(LongSupplier.class, watch, new Hashtable<>(
                Map.of(ThreadWatch.PROPERTY, true))));
        events.open();
        directory.open();
        admission.sessionRules().patient(true);
        admission.onChange(reconciler::rulesChanged);
        context.addBundleListener(uninstalling);
        Duration idle = Duration.ofSeconds(settings.idle_timeout_seconds());
        dispatcher.scheduleWithFixedDelay(() -> directory.releaseIdle(idle), idle.toSeconds(), Math.max(1, idle.toSeconds() / 2),
                TimeUnit.SECONDS);
        table = Optional.of(context.registerService(ServiceTable.class, this, null));
        view = Optional.of(context.registerService(SuperServer.class,
                new RuntimeView(reconciler, sessions, directory, () -> List.copyOf(sources)), null));
    }

    @Deactivate
    void stop() {
        Duration replaceGrace = Duration.ofSeconds(settings.replace_grace_seconds());
        gate.close();
        table.ifPresent(ServiceRegistration::unregister);
        admission.onChange(() -> { });
        context.removeBundleListener(uninstalling);
        if (isShutdown()) {
            reconciler.closeAll();
            workers.finishErrands(SHUTDOWN_ERRANDS);
        } else {
            reconciler.handOnAll(replaceGrace.plus(ERRANDS.multipliedBy(2)).plus(drainTime()));
            // Whose verdict is open goes to the next dispatcher, now that there is a way there.
            admission.sessionRules().patient(false);
            workers.finishErrands(ERRANDS);
        }
        awaited.drainAll(drainTime());
        // Until now the operator could look at the sessions, and end them.
        view.ifPresent(ServiceRegistration::unregister);
        // Only now can there be another dispatcher.
        held.closeAfter(replaceGrace);
        events.close();
        directory.close();
        loops.close();
        // Not before its entries are closed, which would have to wait for their provider.
        switchyard.ifPresent(ServiceRegistration::unregister);
        workers.close();
        signs.ifPresent(ServiceRegistration::unregister);
        watch.close();
        dispatcher.shutdownNow();
        closeLeft();
        peers.close();
    }

    /** As a rule nothing is left. What the dispatcher thread was just opening when it was to close all is. */
    private void closeLeft() {
        boolean interrupted = Thread.interrupted();
        try {
            if (dispatcher.awaitTermination(LAST_TASK.toMillis(), TimeUnit.MILLISECONDS)) {
                reconciler.closeLeft();
            } else {
                log.error("the dispatcher thread does not end; ports may stay open");
            }
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSource(EntrySource source) {
        sources.add(source);
    }

    void unbindSource(EntrySource source) {
        sources.remove(source);
    }

    @Override
    public ReloadReport publish(String source, List<ServiceEntry> entries) {
        return reconciler.publish(source, entries);
    }

    @Override
    public void reject(String source, List<RejectedEntry> entries) {
        reconciler.reject(source, entries);
    }

    @Override
    public void warn(String source, List<Finding> findings) {
        reconciler.warn(source, findings);
    }

    @Override
    public void leave(String source) {
        reconciler.leave(source, Duration.ofSeconds(settings.replace_grace_seconds()));
    }

    @Override
    public void appeared(ProviderHandle handle) {
        whiteboard.appeared(handle);
        reconciler.providersChanged();
        dispatcher.execute(retirement::appeared);
    }

    @Override
    public void departing(ProviderHandle handle) {
        reconciler.providersChanged();
        sessions.drain(handle);
        if (!awaited.awaitUnused(handle, drainTime())) {
            sessions.end(handle);
            handle.awaitUnused(AFTER_CUT);
        }
        // Only now does the time begin in which it may come back.
        whiteboard.departed(handle);
        LeftoverThreads.of(handle).ifPresent(threads ->
                dispatcher.schedule(() -> tell(threads), LEFTOVER_SECONDS, TimeUnit.SECONDS));
    }

    /** Time enough has passed for it to end them. */
    private void tell(LeftoverThreads threads) {
        List<String> running = threads.isAtHome() ? List.of() : threads.running();
        if (!running.isEmpty()) {
            log.warn("bundle {} is gone and left {} threads running, which keep its classes in memory: {}", threads.bundle(),
                    running.size(), String.join(", ", running));
        }
    }

    /** Whoever stops the whole server wants it to stop, unless told to wait. */
    private Duration drainTime() {
        boolean patient = Boolean.parseBoolean(context.getProperty(DRAIN_AT_SHUTDOWN));
        if (isShutdown()) {
            return patient ? Duration.ofDays(1) : SHUTDOWN_GRACE;
        }
        return Duration.ofSeconds(settings.drain_timeout_seconds());
    }

    private boolean isShutdown() {
        return (context.getBundle(0).getState() & Bundle.STOPPING) != 0;
    }
}
