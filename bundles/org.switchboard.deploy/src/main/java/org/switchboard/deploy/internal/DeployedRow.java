package org.switchboard.deploy.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.switchboard.api.runtime.DeployedDTO;

/** What is shown of one file of a folder for deployment. */
final class DeployedRow {

    private DeployedRow() {
    }

    /**
     * @param bundle the one that was installed from the file
     * @param problem empty if nothing is wrong
     */
    static DeployedDTO of(Path file, Optional<Bundle> bundle, String problem) {
        DeployedDTO dto = new DeployedDTO();
        dto.file = file.toString();
        dto.bundle = bundle.map(present -> present.getSymbolicName() + " " + present.getVersion()).orElse("");
        dto.state = bundle.map(present -> BundleState.text(present.getState())).orElse("");
        dto.problem = problem;
        return dto;
    }
}
