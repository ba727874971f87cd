package org.switchboard.dispatcher.internal.serve;

import java.util.function.Consumer;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.dispatcher.internal.provider.ProviderKind;
import org.switchboard.dispatcher.internal.session.Counters;

/**
 * Who serves an entry's arrivals at this moment. Replaced as a whole when the entry or its provider changes; an arrival uses
 * the one it finds from beginning to end.
 *
 * @param parking where an arrival waits whose provider went away between the accept and the first call
 * @param onSuspend told when a rule closes the entry
 */
public record Serving(ServiceEntry entry, ProviderHandle handle, ProviderKind kind, Counters counters, Parking parking,
        Consumer<Verdict.Suspend> onSuspend) {
}
