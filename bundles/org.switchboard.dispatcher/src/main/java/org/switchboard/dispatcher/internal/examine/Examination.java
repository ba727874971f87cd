package org.switchboard.dispatcher.internal.examine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.switchboard.api.config.EntryExaminer;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.Suggestion;
import org.switchboard.api.ports.PortClaim;
import org.switchboard.api.ports.PortRegistry;
import org.switchboard.api.provider.DescriptorProvider;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.resolve.Multiplexed;
import org.switchboard.dispatcher.internal.provider.NamedBundle;
import org.switchboard.dispatcher.internal.resolve.PlannedSocket;
import org.switchboard.dispatcher.internal.resolve.ResolvedEntry;
import org.switchboard.dispatcher.internal.resolve.Resolver;

/** Looks at entries with the same eyes as the dispatcher, but opens nothing and keeps nothing. */
public final class Examination implements EntryExaminer {

    private final BundleContext context;
    private final PortRegistry ports;
    private final Resolver resolver;
    private final Admission admission;

    public Examination(BundleContext context, PortRegistry ports, Resolver resolver, Admission admission) {
        this.context = context;
        this.ports = ports;
        this.resolver = resolver;
        this.admission = admission;
    }

    @Override
    public List<Finding> examine(List<ServiceEntry> entries) {
        List<Finding> findings = new ArrayList<>();
        Set<Finding> besides = new LinkedHashSet<>();
        List<PlannedSocket> claimed = new ArrayList<>();
        for (ServiceEntry entry : entries) {
            besides.addAll(admission.findings(entry));
            ResolvedEntry resolved = resolver.resolve(entry);
            admission.objections(entry)
                    .forEach(objection -> findings.add(Finding.error(entry.origin(), objection)));
            admission.withoutEffect(entry).forEach(sentence -> findings.add(Finding.warning(entry.origin(), sentence)));
            resolved.failure().map(reason -> Finding.error(entry.origin(), reason)).or(() -> provider(entry))
                    .ifPresent(findings::add);
            conflict(entry, resolved.sockets(), claimed).ifPresent(findings::add);
            claimed.addAll(resolved.sockets());
        }
        findings.addAll(Multiplexed.unreachable(entries));
        findings.addAll(besides);
        return findings;
    }

    private Optional<Finding> provider(ServiceEntry entry) {
        Optional<NamedBundle> bundle = NamedBundle.of(entry);
        if (bundle.isPresent()) {
            return bundle.get().obstacle().map(reason -> Finding.error(entry.origin(), reason));
        }
        String name = entry.provider();
        String canonical = resolver.officialProvider(entry);
        List<ServiceReference<?>> named = references(null, name);
        if (named.isEmpty() && references(null, canonical).isEmpty()) {
            return Optional.of(Finding.warning(entry.origin(), "provider '" + name + "' is not installed here"
                    + Suggestion.text(name, names())));
        }
        return references(DescriptorProvider.class.getName(), name).stream().findFirst()
                .flatMap(reference -> obstacle(reference, entry))
                .map(reason -> Finding.error(entry.origin(), reason));
    }

    private List<String> names() {
        return named(null).stream().map(reference -> reference.getProperty(ProviderName.PROPERTY))
                .filter(String.class::isInstance).map(String.class::cast).toList();
    }

    private Optional<String> obstacle(ServiceReference<?> reference, ServiceEntry entry) {
        Object provider = context.getService(reference);
        try {
            return provider instanceof DescriptorProvider descriptor ? descriptor.obstacle(entry) : Optional.empty();
        } finally {
            context.ungetService(reference);
        }
    }

    private List<ServiceReference<?>> references(String type, String name) {
        return named(type).stream().filter(reference -> name.equals(reference.getProperty(ProviderName.PROPERTY))).toList();
    }

    private List<ServiceReference<?>> named(String type) {
        try {
            ServiceReference<?>[] all = context.getServiceReferences(type, "(" + ProviderName.PROPERTY + "=*)");
            return all == null ? List.of() : List.of(all);
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Two entries of one id are one entry, so only others can be in the way. */
    private static Optional<Finding> conflict(ServiceEntry entry, Collection<PlannedSocket> wanted,
            Collection<PlannedSocket> claimed) {
        for (PlannedSocket socket : wanted) {
            for (PlannedSocket other : claimed) {
                if (socket.claim().isPresent() && other.claim().isPresent()
                        && !other.claim().get().owner().equals(entry.id())
                        && socket.claim().get().overlaps(other.claim().get())) {
                    PortClaim first = other.claim().get();
                    return Optional.of(Finding.error(entry.origin(), "port " + first.portText() + " is already claimed by '"
                            + first.owner() + "' (" + first.origin() + ")"));
                }
            }
        }
        return Optional.empty();
    }
}
