package org.switchboard.shell.internal.verbs;

import java.util.List;
import org.switchboard.api.runtime.FailedProviderDTO;
import org.switchboard.api.runtime.ProviderDTO;

/** The registered providers, and what is wrong with some of them. */
public record Registrations(List<ProviderDTO> providers, List<FailedProviderDTO> failed) {

    public Registrations {
        providers = List.copyOf(providers);
        failed = List.copyOf(failed);
    }
}
