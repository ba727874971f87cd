package org.switchboard.dispatcher.internal.service;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.ListenerDTO;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.dispatcher.internal.resolve.ResolvedEntry;
import org.switchboard.dispatcher.internal.session.Counters;

/** Writes down an entry for those who look at the server. */
final class ServiceDescription {

    private static final int MAX_FINDINGS = 10;

    private ServiceDescription() {
    }

    /**
     * @param withoutEffect which of its options have no effect
     * @param findings about what the rules of the entry read
     */
    static ServiceDTO of(ResolvedEntry resolved, Status status, Counters counters, List<ListenerDTO> listeners,
            List<String> withoutEffect, List<Finding> findings) {
        ServiceEntry entry = resolved.entry();
        ServiceDTO dto = new ServiceDTO();
        dto.id = entry.id();
        dto.name = entry.name();
        dto.protocol = entry.protocol().text();
        dto.address = entry.address();
        dto.port = resolved.port().orElse(0);
        dto.mode = entry.mode().name().toLowerCase(Locale.ROOT);
        dto.user = entry.identity().toString();
        dto.provider = entry.provider();
        dto.arguments = entry.arguments();
        dto.options = entry.options();
        dto.origin = entry.origin().toString();
        dto.state = status.state() == EntryState.LISTENING && counters.running() > 0 ? EntryState.RUNNING : status.state();
        dto.reason = status.reason();
        dto.resumesAt = status.resumesAt();
        dto.listeners = listeners;
        dto.sessions = counters.running();
        dto.starts = counters.starts();
        dto.refusals = counters.refusals();
        dto.failures = counters.failures();
        dto.tookNothing = counters.looping().count();
        Stream<String> rules = findings.stream().limit(MAX_FINDINGS).map(Finding::toString);
        dto.notes = Stream.of(resolved.notes().stream(), withoutEffect.stream(), rules).flatMap(notes -> notes).toList();
        return dto;
    }
}
