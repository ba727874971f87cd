package org.switchboard.deploy.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Finds out whether a jar file would resolve in the place of an installed bundle, which runs on meanwhile. For that the jar is
 * installed at a location of its own, never started, and uninstalled. While it is there no other bundle sees what it offers,
 * and it sees nothing of the bundle that it would replace.
 */
final class ResolutionCheck {

    private static final String PREFIX = "switchboard-deploy-check:";

    private final BundleContext context;
    private final FrameworkWiring wiring;

    ResolutionCheck(BundleContext context) {
        this.context = context;
        wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    /** Whether a bundle is there for a check alone. */
    static boolean isChecked(Bundle bundle) {
        return bundle.getLocation().startsWith(PREFIX);
    }

    /** Removes what a check has left that a crash of the server ended. */
    void clean() throws BundleException {
        for (Bundle bundle : Stream.of(context.getBundles()).filter(ResolutionCheck::isChecked).toList()) {
            bundle.uninstall();
        }
    }

    /** Whether an installed bundle is resolved, or can be. */
    boolean resolves(Bundle bundle) {
        return bundle.getState() != Bundle.INSTALLED || wiring.resolveBundles(Set.of(bundle));
    }

    /**
     * Looks whether it resolves. A fragment is not looked at: it resolves with its host, when that is refreshed.
     *
     * @return why not, as the end of a sentence
     * @throws BundleException if the framework does not take it as a bundle
     */
    Optional<String> obstacle(Path jar, Bundle replaced) throws IOException, BundleException {
        Isolation isolation = new Isolation(replaced);
        List<ServiceRegistration<?>> hooks = List.of(
                context.registerService(CollisionHook.class, isolation, null),
                context.registerService(ResolverHookFactory.class, triggers -> isolation, null));
        try (InputStream content = Files.newInputStream(jar)) {
            Bundle checked = context.installBundle(PREFIX + replaced.getLocation(), content);
            try {
                boolean fragment = (checked.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
                return fragment || wiring.resolveBundles(Set.of(checked)) ? Optional.empty()
                        : Optional.of(new MissingRequirements(wiring, bundle -> bundle == replaced).first(checked));
            } finally {
                checked.uninstall();
            }
        } finally {
            hooks.forEach(ServiceRegistration::unregister);
        }
    }

    /** Keeps the checked bundle and all others apart, the one that it would replace included. */
    private record Isolation(Bundle replaced) implements ResolverHook, CollisionHook {

        @Override
        public void filterCollisions(int operation, Bundle target, Collection<Bundle> collisions) {
            if (operation == INSTALLING && collisions.contains(replaced)) {
                collisions.remove(replaced);
            }
        }

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            boolean checked = isChecked(requirement.getRevision().getBundle());
            candidates.removeIf(candidate -> {
                Bundle provider = candidate.getRevision().getBundle();
                return checked ? provider == replaced : isChecked(provider);
            });
        }

        @Override
        public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {
            boolean checked = isChecked(singleton.getRevision().getBundle());
            collisions.removeIf(other -> {
                Bundle bundle = other.getRevision().getBundle();
                return checked ? bundle == replaced : isChecked(bundle);
            });
        }

        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {
            // Each may resolve.
        }

        @Override
        public void end() {
            // Nothing to let go.
        }
    }
}
