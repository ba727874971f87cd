package org.switchboard.dispatcher.internal.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.runtime.FailedProviderDTO;
import org.switchboard.api.runtime.ProviderDTO;
import org.switchboard.api.runtime.RegistrationFailure;
import org.switchboard.dispatcher.internal.provider.Fault;
import org.switchboard.dispatcher.internal.provider.ProviderDirectory;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.dispatcher.internal.provider.ProviderKind;

/** Writes down the registered providers: who serves, who stands behind whom, and what is wrong with the rest. */
final class ProviderList {

    private final ProviderDirectory directory;

    ProviderList(ProviderDirectory directory) {
        this.directory = directory;
    }

    /** All providers, by name and then by precedence. */
    List<ProviderDTO> all() {
        List<ProviderDTO> described = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (ProviderHandle handle : directory.all()) {
            boolean first = handle.kinds().stream().map(kind -> kind + " " + handle.name()).filter(taken::add).count() > 0;
            described.add(describe(handle, first));
        }
        described.sort(Comparator.comparing(dto -> dto.name));
        return described;
    }

    /** Those that are not used as they ask to be, by name. */
    List<FailedProviderDTO> failed() {
        List<FailedProviderDTO> failed = new ArrayList<>();
        directory.rejected().forEach(rejected -> failed.add(failure(rejected.reference(), rejected.fault())));
        Map<String, ProviderHandle> first = new HashMap<>();
        for (ProviderHandle handle : directory.all()) {
            boolean serves = false;
            for (ProviderKind kind : handle.kinds()) {
                serves |= first.putIfAbsent(kind + " " + handle.name(), handle) == null;
            }
            if (!serves) {
                ProviderHandle winner = first.get(handle.kinds().iterator().next() + " " + handle.name());
                failed.add(failure(handle.reference(), new Fault(RegistrationFailure.SHADOWED, "provider " + winner
                        + " with ranking " + winner.ranking() + " comes before it")));
            }
            handle.fault().ifPresent(fault -> failed.add(failure(handle.reference(), fault)));
        }
        failed.sort(Comparator.comparing((FailedProviderDTO dto) -> dto.name).thenComparingLong(dto -> dto.serviceId));
        return failed;
    }

    private static ProviderDTO describe(ProviderHandle handle, boolean active) {
        ProviderDTO dto = new ProviderDTO();
        dto.name = handle.name();
        dto.kinds = handle.kinds().stream().map(ProviderKind::toString).toList();
        dto.bundle = bundle(handle.reference());
        dto.serviceId = handle.serviceId();
        dto.ranking = handle.ranking();
        dto.active = active;
        dto.inUse = handle.inUse();
        dto.sessions = handle.uses();
        dto.starts = handle.starts();
        dto.failures = handle.failures();
        return dto;
    }

    private static FailedProviderDTO failure(ServiceReference<?> reference, Fault fault) {
        FailedProviderDTO dto = new FailedProviderDTO();
        dto.name = reference.getProperty(ProviderName.PROPERTY) instanceof String name ? name : "";
        dto.bundle = bundle(reference);
        dto.serviceId = ProviderHandle.serviceId(reference);
        dto.reason = fault.reason();
        dto.detail = fault.detail();
        return dto;
    }

    private static String bundle(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        return bundle == null ? "" : bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
