package org.switchboard.api.runtime;

import java.time.Instant;
import org.osgi.dto.DTO;

/** One running session. */
public class SessionDTO extends DTO {
    public long number;
    /** The id of its entry. */
    public String service;
    /** The peer, {@code 192.0.2.7:4711}; {@code -} with {@code wait}. */
    public String remote;
    public String local;
    public Instant started;
    /** What serves it: {@code pid=4711} for a program, the provider's name otherwise. */
    public String instance;
    /** Whether it was asked to come to its end. */
    public boolean draining;
}
