package org.switchboard.dispatcher.internal.service;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.dispatcher.internal.admit.AdmissionPeriod;
import org.switchboard.dispatcher.internal.session.Conduct;

/**
 * Whether an entry is suspended, and by whom: what a verdict did ends with a change of the entry, and with time; what the
 * operator did ends with {@code resume}. Holds the period in which the present version of the entry and of its provider admits
 * clients. Dispatcher thread only, except where said otherwise.
 */
final class Suspension {

    private static final Verdict.Suspend BY_OPERATOR = new Verdict.Suspend(Instant.MAX, "suspended by the operator");

    private final SuspendedServices suspended;
    private final String id;
    private final Supplier<FaultBrake> brakes;
    private final Consumer<ServiceEntry> forget;
    private final Consumer<AdmissionPeriod> onVerdict;
    private volatile Optional<Verdict.Suspend> byOperator; // read by any thread
    private AdmissionPeriod period;
    private FaultBrake brake;
    /** The version of the entry for which the rules count now. */
    private ServiceEntry counted;
    private boolean changed;
    private boolean lifted;

    /**
     * @param entry which an operator may have suspended when another dispatcher ran it
     * @param brakes makes one for each version of the entry and of its provider
     * @param forget makes the rules forget what they counted for a version of the entry
     * @param onVerdict told, on any thread, in which period a verdict has suspended the entry
     */
    Suspension(SuspendedServices suspended, ServiceEntry entry, Supplier<FaultBrake> brakes, Consumer<ServiceEntry> forget,
            Consumer<AdmissionPeriod> onVerdict) {
        this.suspended = suspended;
        this.id = entry.id();
        this.counted = entry;
        this.brakes = brakes;
        this.forget = forget;
        this.onVerdict = onVerdict;
        this.byOperator = suspended.contains(id) ? Optional.of(BY_OPERATOR) : Optional.empty();
        this.period = nextPeriod();
        this.brake = brakes.get();
    }

    private AdmissionPeriod nextPeriod() {
        return new AdmissionPeriod(() -> byOperator, onVerdict);
    }

    /** How the entry stands while it is suspended; empty if it is not. */
    Optional<Status> status() {
        return suspension().map(why -> new Status(EntryState.SUSPENDED, why.reason(), why.until()));
    }

    private Optional<Verdict.Suspend> suspension() {
        return byOperator.isPresent() || isOver() ? byOperator : period.suspensionByVerdict();
    }

    /** Whether the period is over, though nothing that was wanted instead serves yet. */
    private boolean isOver() {
        return changed || lifted;
    }

    boolean isInForce() {
        return suspension().isPresent();
    }

    /** Whether a verdict of that period concerns the entry as it is now. */
    boolean concerns(AdmissionPeriod which) {
        return !isOver() && which == period;
    }

    /** Whether clients are turned away as well that were admitted before it, and that no provider serves yet. */
    boolean concernsAdmitted() {
        return isInForce() && period.suspensionOfAdmitted().isPresent();
    }

    /** Suspends the entry for every client that comes after this. Any thread. */
    void decideByOperator() {
        byOperator = Optional.of(BY_OPERATOR);
    }

    /** The same, for the next dispatcher as well. */
    void byOperator() {
        decideByOperator();
        suspended.add(id);
    }

    /** The entry has another version: what is said about the former one does not concern it. */
    void changed() {
        changed = true;
    }

    /** Ends what a verdict did. @return whether there was something to end */
    boolean liftVerdict() {
        lifted = lifted || period.suspensionByVerdict().isPresent();
        return lifted;
    }

    /** Ends it, whoever it was. */
    void lift() {
        suspended.remove(id);
        byOperator = Optional.empty();
        liftVerdict();
    }

    /**
     * That version of the entry serves from now on, and not before: only now the rules forget what they counted under other
     * options, and a suspension that was lifted is over.
     *
     * @param another whether it is another provider, or another version of the provider, that serves it
     */
    void begin(ServiceEntry entry, boolean another) {
        if (!counted.options().equals(entry.options())) {
            forget.accept(counted);
        }
        if (changed || another) {
            brake = brakes.get();
        }
        if (isOver() || another) {
            period.end();
            period = nextPeriod();
        }
        counted = entry;
        changed = false;
        lifted = false;
    }

    /** In which clients are admitted now. */
    AdmissionPeriod period() {
        return period;
    }

    /** Watches how the provider behaves that serves in this period. */
    Conduct conduct() {
        return brake.during(period);
    }
}
