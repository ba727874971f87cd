package org.switchboard.api.runtime;

import org.osgi.dto.DTO;

/** One open port. */
public class ListenerDTO extends DTO {
    /** {@code 127.0.0.1:7007}, {@code [::]:7007} or a path. */
    public String endpoint;
    /** {@code open}; {@code paused} while no new connection is accepted; {@code handed over} while a program has the socket. */
    public String state;
}
