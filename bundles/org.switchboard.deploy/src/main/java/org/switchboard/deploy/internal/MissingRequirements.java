package org.switchboard.deploy.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Says which requirement of a bundle nothing meets, or which one of a bundle that it needs. The framework tells the reason only
 * to those who start the bundle or load a class of it, and to all who log its errors.
 */
final class MissingRequirements {

    private final FrameworkWiring wiring;
    private final Predicate<Bundle> ignored;
    private final Set<Bundle> visited = new HashSet<>();

    /** @param ignored bundles that are not to meet a requirement */
    MissingRequirements(FrameworkWiring wiring, Predicate<Bundle> ignored) {
        this.wiring = wiring;
        this.ignored = ignored;
    }

    /** In the words of the framework, as far as it has some: namespace and filter. */
    String first(Bundle bundle) {
        return missing(bundle).map(requirement -> "does not resolve: missing " + requirement)
                .orElse("does not resolve: what it requires is there, but not together");
    }

    private Optional<String> missing(Bundle bundle) {
        if (!visited.add(bundle)) {
            return Optional.empty();
        }
        return bundle.adapt(BundleRevision.class).getDeclaredRequirements(null).stream()
                .filter(MissingRequirements::isNeeded).map(this::missing).flatMap(Optional::stream).findFirst();
    }

    private static boolean isNeeded(BundleRequirement requirement) {
        String resolution = requirement.getDirectives().getOrDefault(Constants.RESOLUTION_DIRECTIVE, "mandatory");
        String effective = requirement.getDirectives().getOrDefault(Constants.EFFECTIVE_DIRECTIVE, Constants.EFFECTIVE_RESOLVE);
        return resolution.equals(Constants.RESOLUTION_MANDATORY) && effective.equals(Constants.EFFECTIVE_RESOLVE)
                && !requirement.getNamespace().equals(HostNamespace.HOST_NAMESPACE);
    }

    private Optional<String> missing(BundleRequirement requirement) {
        List<Bundle> providers = wiring.findProviders(requirement).stream()
                .map(capability -> capability.getRevision().getBundle()).filter(ignored.negate()).toList();
        if (providers.isEmpty()) {
            String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
            return Optional.of((requirement.getNamespace() + " " + filter).strip());
        }
        if (providers.stream().anyMatch(provider -> provider.getState() != Bundle.INSTALLED)) {
            return Optional.empty();
        }
        return providers.stream().map(this::missing).flatMap(Optional::stream).findFirst();
    }
}
