package org.switchboard.dispatcher.internal.serve;

import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.dispatcher.internal.admit.AdmissionPeriod;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.dispatcher.internal.provider.ProviderKind;
import org.switchboard.dispatcher.internal.session.Conduct;
import org.switchboard.dispatcher.internal.session.Counters;
import org.switchboard.dispatcher.internal.session.SessionRegistry;

/**
 * Who serves an entry's arrivals at this moment. Replaced as a whole when the entry or its provider changes; an arrival uses
 * the one it finds from beginning to end.
 *
 * @param parking where an arrival waits whose provider went away between the accept and the first call
 * @param period in which arrivals are decided about; a suspension in it turns them away
 * @param conduct told how this version of the provider behaves
 */
public record Serving(ServiceEntry entry, ProviderHandle handle, ProviderKind kind, Counters counters, Parking parking,
        AdmissionPeriod period, Conduct conduct) {

    /** The same, but one visit is served as that entry says; if its provider goes meanwhile, it waits for no other. */
    Serving as(ServiceEntry other, ProviderHandle itsHandle, ProviderKind itsKind) {
        return new Serving(other, itsHandle, itsKind, counters, Parking.none(), period, conduct);
    }

    /** Notes that a client was not admitted. */
    void turnAway(Verdict verdict, String from, SessionRegistry sessions) {
        if (verdict instanceof Verdict.Refuse refuse) {
            sessions.refused(entry, counters, from, refuse.reason());
        } else if (verdict instanceof Verdict.Suspend suspend) {
            sessions.refused(entry, counters, from, suspend.reason());
        }
    }
}
