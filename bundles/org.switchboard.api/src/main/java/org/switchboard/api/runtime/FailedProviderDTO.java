package org.switchboard.api.runtime;

import org.osgi.dto.DTO;

/** One registration that is not used as it asks to be. */
public class FailedProviderDTO extends DTO {
    /** As registered; empty if it has none. */
    public String name;
    /** Symbolic name and version of its bundle; empty if that is gone. */
    public String bundle;
    public long serviceId;
    public RegistrationFailure reason;
    /** The reason in a sentence, for the operator. */
    public String detail;
}
