package org.switchboard.api.runtime;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What lies in the folders for hot deployment. */
@ProviderType
public interface Deployments {

    /** The jar files of all folders, by name, and what became of each; then the configuration files that cannot be read. */
    List<DeployedDTO> deployed();
}
