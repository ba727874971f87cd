package org.switchboard.shell.internal.verbs;

import java.util.List;
import org.switchboard.api.runtime.ServiceDTO;

/** The services, for somebody who has just started the server and wants to try them. */
public record Invitation(List<ServiceDTO> services) {

    public Invitation {
        services = List.copyOf(services);
    }
}
