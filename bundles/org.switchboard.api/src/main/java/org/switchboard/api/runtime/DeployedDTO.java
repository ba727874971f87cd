package org.switchboard.api.runtime;

import org.osgi.dto.DTO;

/** One file in a folder for hot deployment. */
public class DeployedDTO extends DTO {
    /** The path. */
    public String file;
    /** Symbolic name and version of the bundle that was installed from it; empty if none is. */
    public String bundle;
    /** The state of that bundle: {@code active}, {@code on demand}, {@code resolved}, {@code installed}; empty if there is none. */
    public String state;
    /** What is wrong with the file or its bundle, in one sentence; empty if nothing is. */
    public String problem;
}
