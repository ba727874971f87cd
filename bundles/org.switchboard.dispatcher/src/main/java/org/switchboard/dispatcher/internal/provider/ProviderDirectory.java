package org.switchboard.dispatcher.internal.provider;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.InetService;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.runtime.RegistrationFailure;

/**
 * The registered providers by name, the preferred one first. Follows the service registry itself rather than through a
 * component reference, because a provider must be drained inside its own UNREGISTERING event: after that its classes go.
 */
public final class ProviderDirectory implements ServiceListener {

    /** Told of changes, on the thread that registers or unregisters. */
    public interface Observer {
        void appeared(ProviderHandle handle);

        /** The handle gives out no more uses. Blocks until its sessions are over or ended. */
        void departing(ProviderHandle handle);
    }

    /** Whoever seems to want to be a provider, so that it can be told what is missing. */
    private static final String FILTER = "(|(" + ProviderName.PROPERTY + "=*)(" + InetService.PORT_PROPERTY + "=*)"
            + ProviderKind.filters() + ")";

    private final BundleContext context;
    private final InstantSource clock;
    private final Observer observer;
    private final Map<Long, ProviderHandle> handles = new HashMap<>(); // guarded by this, as is the next one
    private final Map<Long, Rejected> rejected = new TreeMap<>();

    /** A registration that is no provider, and why. */
    public record Rejected(ServiceReference<?> reference, Fault fault) {
    }

    public ProviderDirectory(BundleContext context, InstantSource clock, Observer observer) {
        this.context = context;
        this.clock = clock;
        this.observer = observer;
    }

    /** Starts following the registry; the providers that are there already are reported before this returns. */
    public void open() {
        try {
            context.addServiceListener(this, FILTER);
            ServiceReference<?>[] present = context.getServiceReferences((String) null, FILTER);
            for (ServiceReference<?> reference : present == null ? new ServiceReference<?>[0] : present) {
                add(reference);
            }
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Stops following; objects still held are let go. */
    public void close() {
        context.removeServiceListener(this);
        all().forEach(handle -> handle.releaseIdle(Duration.ZERO));
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        switch (event.getType()) {
            case ServiceEvent.REGISTERED -> add(event.getServiceReference());
            case ServiceEvent.UNREGISTERING, ServiceEvent.MODIFIED_ENDMATCH -> remove(event.getServiceReference());
            case ServiceEvent.MODIFIED -> {
                remove(event.getServiceReference());
                add(event.getServiceReference());
            }
            default -> { }
        }
    }

    private void add(ServiceReference<?> reference) {
        ProviderHandle handle = new ProviderHandle(context, reference, clock);
        Optional<Fault> fault = flaw(reference, handle);
        if (fault.isPresent()) {
            synchronized (this) {
                rejected.put(handle.serviceId(), new Rejected(reference, fault.get()));
            }
            return;
        }
        synchronized (this) {
            if (handles.putIfAbsent(handle.serviceId(), handle) != null) {
                return;
            }
        }
        observer.appeared(handle);
    }

    private static Optional<Fault> flaw(ServiceReference<?> reference, ProviderHandle handle) {
        if (handle.kinds().isEmpty()) {
            return Optional.of(new Fault(RegistrationFailure.NO_KIND, "it is registered under none of "
                    + ProviderKind.typeNames()));
        }
        if (!(reference.getProperty(ProviderName.PROPERTY) instanceof String name) || name.isEmpty()) {
            return Optional.of(new Fault(RegistrationFailure.NO_NAME, "the property '" + ProviderName.PROPERTY
                    + "' is not there, or is not a name"));
        }
        return Optional.empty();
    }

    /** Registrations that are no providers, by age. */
    public synchronized List<Rejected> rejected() {
        return List.copyOf(rejected.values());
    }

    private void remove(ServiceReference<?> reference) {
        ProviderHandle handle;
        synchronized (this) {
            rejected.remove(reference.getProperty(Constants.SERVICE_ID));
            handle = handles.remove(reference.getProperty(Constants.SERVICE_ID));
        }
        if (handle != null) {
            handle.retire();
            observer.departing(handle);
            handle.releaseIdle(Duration.ZERO);
        }
    }

    /** The preferred provider of that name that can serve this entry. */
    public Optional<ProviderHandle> find(String name, ServiceEntry entry) {
        Optional<NamedBundle> bundle = NamedBundle.of(entry);
        if (bundle.isPresent()) {
            return all().stream().filter(handle -> bundle.get().means(handle) && handle.kindFor(entry).isPresent()).findFirst();
        }
        return all().stream().filter(handle -> handle.name().equals(name) && handle.kindFor(entry).isPresent()).findFirst();
    }

    /** Whether that bundle runs. */
    public boolean isInstalled(NamedBundle bundle) {
        return bundle.isInstalled(context);
    }

    /**
     * Installs and starts a bundle, which may take as long as it likes.
     *
     * @return why that failed; empty if it runs
     */
    public Optional<String> install(NamedBundle bundle) {
        try {
            bundle.install(context);
            return Optional.empty();
        } catch (BundleException | RuntimeException | LinkageError failed) {
            return Optional.of("bundle '" + bundle.location() + "' cannot be installed: " + failed.getMessage());
        }
    }

    /** Whether some provider has that name, of whatever kind. */
    public boolean knows(String name) {
        return all().stream().anyMatch(handle -> handle.name().equals(name));
    }

    /** All providers, by precedence. */
    public synchronized List<ProviderHandle> all() {
        List<ProviderHandle> all = new ArrayList<>(handles.values());
        all.sort(ProviderHandle.PRECEDENCE);
        return all;
    }

    /** Lets go of the objects that nobody used for that long. */
    public void releaseIdle(Duration idle) {
        all().forEach(handle -> handle.releaseIdle(idle));
    }
}
