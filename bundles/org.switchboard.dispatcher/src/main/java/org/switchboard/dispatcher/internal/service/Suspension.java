package org.switchboard.dispatcher.internal.service;

import java.util.Optional;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.runtime.EntryState;

/** Whether an entry is closed for a while, and by whom: what a rule did a change of the entry undoes, and time. Dispatcher thread only. */
final class Suspension {

    private static final Status BY_OPERATOR = Status.of(EntryState.SUSPENDED, "suspended by the operator");

    private final SuspendedServices suspended;
    private final String id;
    private Optional<Status> status;

    /** @param id of the entry, which an operator may have suspended when another dispatcher ran it */
    Suspension(SuspendedServices suspended, String id) {
        this.suspended = suspended;
        this.id = id;
        this.status = suspended.contains(id) ? Optional.of(BY_OPERATOR) : Optional.empty();
    }

    /** How the entry stands while it is suspended; empty if it is not. */
    Optional<Status> status() {
        return status;
    }

    boolean isInForce() {
        return status.isPresent();
    }

    Status byRule(Verdict.Suspend verdict) {
        return inForce(new Status(EntryState.SUSPENDED, verdict.reason(), verdict.until()));
    }

    Status byOperator() {
        suspended.add(id);
        return inForce(BY_OPERATOR);
    }

    private Status inForce(Status reason) {
        status = Optional.of(reason);
        return reason;
    }

    /** Ends what a rule did. @return whether there was something to end */
    boolean liftRule() {
        boolean byRule = status.isPresent() && !suspended.contains(id);
        if (byRule) {
            status = Optional.empty();
        }
        return byRule;
    }

    /** Ends it, whoever it was. */
    void lift() {
        suspended.remove(id);
        status = Optional.empty();
    }
}
