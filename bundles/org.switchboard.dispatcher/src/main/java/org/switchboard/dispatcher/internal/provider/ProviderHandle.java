package org.switchboard.dispatcher.internal.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.runtime.RegistrationFailure;

/**
 * One registered provider. Its object is taken with the first use and kept between uses until it has been idle for long
 * enough; a prototype gives every use an object of its own. Once retired it gives out no more uses.
 */
public final class ProviderHandle {

    /** Higher ranking first, then the newer bundle, then the older registration. */
    public static final Comparator<ProviderHandle> PRECEDENCE = Comparator.comparingInt((ProviderHandle handle) -> -handle.ranking())
            .thenComparing(ProviderHandle::version, Comparator.reverseOrder())
            .thenComparingLong(ProviderHandle::serviceId);

    private final Bundle framework;
    private final ServiceReference<?> reference;
    private final ServiceObjects<?> objects;
    private final InstantSource clock;
    private final String name;
    private final Set<ProviderKind> kinds;
    private final boolean prototype;

    private volatile boolean faulty; // whether there is a fault below
    private Object held; // this and what follows: guarded by this
    private Instant lastUse = Instant.MIN;
    private int uses;
    private int beingMade;
    private boolean wasMade;
    private boolean retired;
    private long starts;
    private long failures;
    private Optional<Fault> fault = Optional.empty();

    ProviderHandle(BundleContext context, ServiceReference<?> reference, InstantSource clock) {
        this.framework = context.getBundle(0);
        this.reference = reference;
        this.objects = context.getServiceObjects(reference);
        this.clock = clock;
        this.name = String.valueOf(reference.getProperty(ProviderName.PROPERTY));
        this.kinds = ProviderKind.of((String[]) reference.getProperty(Constants.OBJECTCLASS));
        this.prototype = Constants.SCOPE_PROTOTYPE.equals(reference.getProperty(Constants.SERVICE_SCOPE));
    }

    public String name() {
        return name;
    }

    public Set<ProviderKind> kinds() {
        return kinds;
    }

    /** The kind that serves this entry, or empty if this provider cannot. */
    public Optional<ProviderKind> kindFor(ServiceEntry entry) {
        return ProviderKind.serving(entry, kinds);
    }

    public ServiceReference<?> reference() {
        return reference;
    }

    public int ranking() {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    public long serviceId() {
        return serviceId(reference);
    }

    /** The id of a registration, which it keeps when it is gone. */
    public static long serviceId(ServiceReference<?> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }

    Version version() {
        return reference.getBundle() == null ? Version.emptyVersion : reference.getBundle().getVersion();
    }

    /** A use, if that takes no waiting: the object is held already. Empty otherwise, and when retired. */
    public synchronized Optional<ProviderUse> acquireHeld() {
        if (retired || held == null) {
            return Optional.empty();
        }
        uses++;
        starts++;
        return Optional.of(new ProviderUse(this, held));
    }

    /**
     * A use, activating the provider if need be, which may take as long as the provider likes.
     *
     * @return empty when retired
     * @throws IllegalStateException if the provider could not be activated; the framework has logged why
     */
    public Optional<ProviderUse> acquire() {
        return acquire(1);
    }

    /** As {@link #acquire}, for a question: that is no start. */
    public Optional<ProviderUse> acquireToAsk() {
        return acquire(0);
    }

    /** @param counted how many starts that is */
    private Optional<ProviderUse> acquire(int counted) {
        synchronized (this) {
            if (retired) {
                return Optional.empty();
            }
            uses++;
            starts += counted;
            if (held != null) {
                return Optional.of(new ProviderUse(this, held));
            }
            beingMade++;
        }
        Object object = null;
        boolean late = false;
        try {
            object = objects.getService();
        } finally {
            late = made(object);
        }
        if (late) {
            unget(object);
            return Optional.empty();
        }
        if (object == null && !isRetired()) {
            unusable(new Fault(RegistrationFailure.NOT_GETTABLE, "its object could not be made; the log says why"));
            throw new IllegalStateException("the framework got no object for it");
        }
        if (faulty) {
            cured(RegistrationFailure.NOT_GETTABLE);
        }
        return Optional.ofNullable(object).map(this::keep);
    }

    /** @return whether there is an object and nobody may use it any more */
    private synchronized boolean made(Object object) {
        beingMade--;
        wasMade |= object != null;
        if (object == null || retired) {
            finishUse();
        }
        return object != null && retired;
    }

    /** Whether there ever was an object. */
    synchronized boolean wasMade() {
        return wasMade;
    }

    /** Whether its object is being made now, for any user. */
    public synchronized boolean isBeingMade() {
        return beingMade > 0;
    }

    /**
     * Whether its object cannot be made before the framework activates its bundle, which it does not while it refreshes others.
     * While the framework itself starts, nothing is refreshed.
     */
    public boolean mayWaitForFramework() {
        Bundle bundle = reference.getBundle();
        return bundle != null && bundle.getState() == Bundle.STARTING && framework.getState() == Bundle.ACTIVE;
    }

    /** Notes that it failed, and how. */
    public synchronized void failed(Throwable cause) {
        failures++;
        if (fault.isEmpty()) {
            unusable(new Fault(RegistrationFailure.FAILING, String.valueOf(cause)));
        }
    }

    /** Notes that a session ended well. Costs nothing where none failed before. */
    public void good() {
        if (faulty) {
            cured(RegistrationFailure.FAILING);
        }
    }

    /** Notes that it, or what it brings, cannot be used. */
    public synchronized void unusable(Fault seen) {
        fault = Optional.of(seen);
        faulty = true;
    }

    private synchronized void cured(RegistrationFailure reason) {
        fault = fault.filter(seen -> seen.reason() != reason);
        faulty = fault.isPresent();
    }

    /** What is wrong with it now. */
    public synchronized Optional<Fault> fault() {
        return fault;
    }

    public synchronized long starts() {
        return starts;
    }

    public synchronized long failures() {
        return failures;
    }

    private synchronized boolean isRetired() {
        return retired;
    }

    private ProviderUse keep(Object object) {
        if (prototype) {
            return new ProviderUse(this, object);
        }
        boolean surplus;
        Object shared;
        synchronized (this) {
            surplus = held != null;
            if (!surplus) {
                held = object;
            }
            shared = held;
        }
        if (surplus) {
            unget(object);
        }
        return new ProviderUse(this, shared);
    }

    void release(Object object) {
        if (prototype) {
            unget(object);
        }
        finishUse();
    }

    private synchronized void finishUse() {
        uses--;
        lastUse = clock.instant();
        notifyAll();
    }

    /** Lets the object go if it has not been used for that long. */
    public void releaseIdle(Duration idle) {
        Object object;
        synchronized (this) {
            if (held == null || uses > 0 || lastUse.plus(idle).isAfter(clock.instant())) {
                return;
            }
            object = held;
            held = null;
        }
        unget(object);
    }

    public synchronized boolean inUse() {
        return held != null || uses > 0;
    }

    public synchronized int uses() {
        return uses;
    }

    /** Gives out no more uses from now on. */
    synchronized void retire() {
        retired = true;
    }

    /**
     * Waits until nobody uses the provider; false if that took too long or the thread was interrupted. An object that is still
     * being made is used by nobody: the framework may make it only when this thread is done.
     */
    public synchronized boolean awaitUnused(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (uses > beingMade) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wait(left / 1_000_000 + 1);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void unget(Object object) {
        ungetFrom(objects, object);
    }

    @SuppressWarnings("unchecked")
    private static <T> void ungetFrom(ServiceObjects<T> objects, Object object) {
        try {
            objects.ungetService((T) object);
        } catch (IllegalStateException | IllegalArgumentException gone) {
            // Unregistered meanwhile: the framework has released it.
            return;
        }
    }

    @Override
    public String toString() {
        return "'" + name + "' of " + reference.getBundle();
    }
}
