package org.switchboard.dispatcher.internal.table;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.switchboard.api.config.RejectedEntry;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.ServiceDTO;

/** The entries that sources could not make sense of. They only are to be seen; nothing here is ever opened. Any thread. */
public final class RejectedEntries extends SourceMemory<RejectedEntry> {

    private List<RejectedEntry> sorted() {
        return all().sorted(Comparator.comparing(RejectedEntry::id)).toList();
    }

    /** All of them, described as services that have failed; in the order of their ids, of which some may be the same. */
    public List<ServiceDTO> services() {
        return sorted().stream().map(RejectedEntries::describe).toList();
    }

    /** What to say about a service that runs, and that a rejected entry would define too. */
    public List<String> notes(String id) {
        return sorted().stream().filter(entry -> entry.id().equals(id))
                .map(entry -> "not used: " + entry.origin() + ": " + entry.reason()).toList();
    }

    private static ServiceDTO describe(RejectedEntry entry) {
        ServiceDTO dto = new ServiceDTO();
        dto.id = entry.id();
        dto.name = entry.name();
        dto.protocol = entry.protocol();
        dto.address = entry.address();
        dto.port = entry.port();
        dto.mode = "nowait";
        dto.user = "-";
        dto.provider = entry.provider();
        dto.arguments = List.of();
        dto.options = Map.of();
        dto.origin = entry.origin().toString();
        dto.state = EntryState.FAILED;
        dto.reason = entry.reason();
        dto.listeners = List.of();
        dto.resumesAt = Instant.MAX;
        dto.notes = entry.notes();
        return dto;
    }
}
