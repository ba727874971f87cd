package org.switchboard.api.runtime;

import java.util.List;
import org.osgi.dto.DTO;

/** One registered provider. */
public class ProviderDTO extends DTO {
    public String name;
    /** {@code stream}, {@code datagram}, {@code descriptor}, {@code channel}. */
    public List<String> kinds;
    /** Symbolic name and version of its bundle. */
    public String bundle;
    public long serviceId;
    public int ranking;
    /** Whether entries of that name are served by this one rather than by another of the same name. */
    public boolean active;
    /** Whether the server holds the provider's object now. */
    public boolean inUse;
    /** Sessions it is serving now. */
    public int sessions;
    /** Sessions and datagrams it was asked to serve so far. */
    public long starts;
    /** How many of them failed by its fault. */
    public long failures;
}
