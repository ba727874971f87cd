package org.switchboard.refresh.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.hooks.bundle.EventHook;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Starts lazily activated bundles again that a refresh or an update has stopped. The framework tells of a refresh only when
 * all that it starts itself is started. Of bundles this hears as a hook, and so before all listeners.
 */
final class LazyBundles implements FrameworkListener, EventHook {

    private static final int IN_USE = Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

    private final Bundle framework;
    private final Executor worker;
    private final FrameworkLog log;
    /** Lazily activated bundles of which no class was loaded; guarded by this, as are the next three. */
    private final Set<Bundle> waiting = new HashSet<>();
    /** Those of them that were stopped, and on which thread. */
    private final Map<Bundle, Thread> stopped = new HashMap<>();
    /** Those of them that a refresh has stopped; the next, that an update has. */
    private final Set<Bundle> refreshed = new HashSet<>();
    private final Set<Bundle> updated = new HashSet<>();

    /** @param worker does what takes time and locks: the thread that delivers events serves others too */
    LazyBundles(Bundle framework, Executor worker, FrameworkLog log) {
        this.framework = framework;
        this.worker = worker;
        this.log = log;
    }

    /** Notes the bundles that wait already. */
    void noteWaiting() {
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (bundle.getState() == Bundle.STARTING && isLazy(bundle)) {
                synchronized (this) {
                    waiting.add(bundle);
                }
            }
        }
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
            startLater();
        }
    }

    @Override
    public void event(BundleEvent event, Collection<BundleContext> listeners) {
        if (note(event.getType(), event.getBundle())) {
            resolve(event.getBundle());
        }
        if (event.getType() == BundleEvent.UPDATED) {
            // Not every update is followed by a refresh.
            startLater();
        }
    }

    /**
     * Felix does not stop a bundle that waits when it updates it, so that its services are still there. They are unregistered
     * by the listener that hears of this event first, which is Declarative Services, and that has Felix resolve the bundle for
     * the sake of the other listeners: Declarative Services hear of that inside of the same call, and wait for its end, for
     * ever. When it is resolved before, they do not.
     */
    private void resolve(Bundle bundle) {
        framework.adapt(FrameworkWiring.class).resolveBundles(List.of(bundle));
    }

    /**
     * A refresh stops a bundle and takes its wiring apart on one thread, which is the framework's own; nobody else does both,
     * but for an update.
     *
     * @return whether a bundle that waits has lost its wiring without being stopped
     */
    private synchronized boolean note(int event, Bundle bundle) {
        switch (event) {
            case BundleEvent.LAZY_ACTIVATION -> waiting.add(bundle);
            case BundleEvent.STARTING -> waiting.remove(bundle);
            case BundleEvent.STOPPING -> {
                if (waiting.remove(bundle)) {
                    stopped.put(bundle, Thread.currentThread());
                }
            }
            case BundleEvent.UNRESOLVED -> {
                if (waiting.remove(bundle)) {
                    updated.add(bundle);
                    return true;
                }
                if (Thread.currentThread().equals(stopped.remove(bundle))) {
                    refreshed.add(bundle);
                }
            }
            case BundleEvent.UPDATED -> {
                stopped.remove(bundle);
                refreshed.remove(bundle);
            }
            case BundleEvent.UNINSTALLED -> {
                stopped.remove(bundle);
                refreshed.remove(bundle);
                updated.remove(bundle);
            }
            default -> { }
        }
        return false;
    }

    private void startLater() {
        try {
            worker.execute(this::startAll);
        } catch (RejectedExecutionException stopping) {
            // This bundle is replaced; its next version is told of the same refresh.
            return;
        }
    }

    private void startAll() {
        Set<Bundle> known = takeKnown();
        List<Bundle> left = new ArrayList<>();
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            if (isLeft(bundle, known)) {
                left.add(bundle);
            }
        }
        left.sort(Comparator.comparingInt(bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel()));
        left.forEach(this::start);
    }

    private synchronized Set<Bundle> takeKnown() {
        Set<Bundle> taken = new HashSet<>(refreshed);
        taken.addAll(updated);
        refreshed.clear();
        updated.clear();
        return taken;
    }

    /** Whether it is lazily activated, ought to run, and does not. */
    private boolean isLeft(Bundle bundle, Set<Bundle> known) {
        BundleStartLevel own = bundle.adapt(BundleStartLevel.class);
        if (own == null || (bundle.getState() & (IN_USE | Bundle.UNINSTALLED)) != 0 || !isLazy(bundle)) {
            return false;
        }
        boolean wanted = own.isPersistentlyStarted() && own.isActivationPolicyUsed() || known.contains(bundle);
        return wanted && framework.getState() == Bundle.ACTIVE
                && own.getStartLevel() <= framework.adapt(FrameworkStartLevel.class).getStartLevel();
    }

    private static boolean isLazy(Bundle bundle) {
        String policy = bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY);
        return policy != null && policy.strip().startsWith(Constants.ACTIVATION_LAZY);
    }

    /** Until the framework stops: what it remembers of the bundle is not changed. */
    private void start(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException failed) {
            log.doesNotStart(bundle, failed);
        } catch (IllegalStateException uninstalled) {
            return;
        }
    }
}
