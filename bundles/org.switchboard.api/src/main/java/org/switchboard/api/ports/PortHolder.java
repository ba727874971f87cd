package org.switchboard.api.ports;

import java.util.Objects;

/**
 * The process that has a port open, which may be our own.
 *
 * @param pid its process id; 0 where we may not look
 * @param description {@code nginx (pid 812)}, or {@code a process of user 'www-data'} where we may not look; that of our own process
 *        says so
 */
public record PortHolder(long pid, String description) {

    public PortHolder {
        Objects.requireNonNull(description);
    }
}
