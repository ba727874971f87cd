package org.switchboard.dispatcher.internal.service;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Entries whose port is held by somebody, who may be a program that this server gave it to: the port of an entry that is removed
 * stays with its running program. When such a program ends they need not wait for the next try. Dispatcher thread only.
 */
public final class ReturnedPorts {

    private final Set<RunningService> hopeful = new LinkedHashSet<>();

    void await(RunningService service) {
        hopeful.add(service);
    }

    void forget(RunningService service) {
        hopeful.remove(service);
    }

    /** A program of an entry that is gone has ended. */
    void announce() {
        List<RunningService> all = List.copyOf(hopeful);
        hopeful.clear();
        all.forEach(RunningService::settle);
    }
}
