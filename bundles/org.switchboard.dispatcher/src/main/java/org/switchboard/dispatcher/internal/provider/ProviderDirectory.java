package org.switchboard.dispatcher.internal.provider;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.ProviderName;

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

    private static final String FILTER = "(" + ProviderName.PROPERTY + "=*)";

    private final BundleContext context;
    private final InstantSource clock;
    private final Observer observer;
    private final Map<Long, ProviderHandle> handles = new HashMap<>(); // guarded by this

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
        if (handle.kinds().isEmpty()) {
            return;
        }
        synchronized (this) {
            if (handles.putIfAbsent(handle.serviceId(), handle) != null) {
                return;
            }
        }
        observer.appeared(handle);
    }

    private void remove(ServiceReference<?> reference) {
        ProviderHandle handle;
        synchronized (this) {
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
        return all().stream().filter(handle -> handle.name().equals(name) && handle.kindFor(entry).isPresent()).findFirst();
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
