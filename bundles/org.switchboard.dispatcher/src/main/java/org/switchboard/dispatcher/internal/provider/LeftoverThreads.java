package org.switchboard.dispatcher.internal.provider;

import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The threads that a provider started and did not end: those whose context class loader is that of its bundle, as threads
 * inherit it that begin in a session. They hold on to the classes of a bundle that is gone.
 *
 * @param bundle the name of the bundle
 * @param loader the class loader of the provider that went
 */
public record LeftoverThreads(String bundle, ClassLoader loader) {

    /** What to look for when that provider is gone; empty if it never served, and so can have started nothing. */
    public static Optional<LeftoverThreads> of(ProviderHandle handle) {
        Bundle bundle = handle.reference().getBundle();
        BundleWiring wiring = bundle == null || !handle.wasMade() ? null : bundle.adapt(BundleWiring.class);
        ClassLoader loader = wiring == null ? null : wiring.getClassLoader();
        return loader == null ? Optional.empty()
                : Optional.of(new LeftoverThreads(bundle.getSymbolicName() + " " + bundle.getVersion(), loader));
    }

    /** Whether the bundle, with these classes, runs again or still: then its threads are its own affair. */
    public boolean isAtHome() {
        Bundle home = loader instanceof BundleReference reference ? reference.getBundle() : null;
        BundleWiring wiring = home == null ? null : home.adapt(BundleWiring.class);
        return wiring != null && (home.getState() & (Bundle.STARTING | Bundle.ACTIVE)) != 0
                && loader.equals(wiring.getClassLoader());
    }

    /** The names of those that run now. */
    public List<String> running() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> loader.equals(thread.getContextClassLoader()))
                .map(Thread::getName).sorted().toList();
    }
}
