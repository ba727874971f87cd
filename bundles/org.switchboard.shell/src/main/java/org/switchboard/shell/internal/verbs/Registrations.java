package org.switchboard.shell.internal.verbs;

import java.util.List;
import org.switchboard.api.runtime.FailedProviderDTO;
import org.switchboard.api.runtime.ProviderDTO;

/**
 * The registered providers, and what is wrong with some of them.
 *
 * @param columns how wide their tables may be; 0 for as wide as they are
 */
public record Registrations(List<ProviderDTO> providers, List<FailedProviderDTO> failed, int columns) implements Fitting {

    public Registrations {
        providers = List.copyOf(providers);
        failed = List.copyOf(failed);
    }

    public Registrations(List<ProviderDTO> providers, List<FailedProviderDTO> failed) {
        this(providers, failed, 0);
    }

    @Override
    public Registrations within(int width) {
        return new Registrations(providers, failed, width);
    }
}
