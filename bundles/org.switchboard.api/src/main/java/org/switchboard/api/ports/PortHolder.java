package org.switchboard.api.ports;

import java.util.Objects;

/**
 * The process outside this server that has a port open.
 *
 * @param pid its process id; 0 where we may not look
 * @param description {@code nginx (pid 812)}, or {@code a process of user 'www-data'} where we may not look
 */
public record PortHolder(long pid, String description) {

    public PortHolder {
        Objects.requireNonNull(description);
    }
}
