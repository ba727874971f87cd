package org.switchboard.dispatcher.internal.admit;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.switchboard.api.admission.Verdict;

/**
 * The time in which one version of an entry admits clients: it begins when that version serves or a suspension is over, and ends
 * when the entry is suspended or its next version serves. A suspension is in force from the moment of its verdict, for every
 * thread that decides about a client, however much later the ports close. A verdict counts for the period that it was asked in:
 * one that comes after the end of its period suspends nothing. Safe for several threads; asking costs a few volatile reads.
 */
public final class AdmissionPeriod {

    private static final Runnable NOTHING = () -> { };

    /**
     * What suspends the entry.
     *
     * @param byLimit whether it is an admission rule: whom it let in before that, it wants to be served
     * @param forget run when the suspension is over
     */
    private record Suspended(Verdict.Suspend verdict, boolean byLimit, Runnable forget) {
    }

    private final Supplier<Optional<Verdict.Suspend>> operator;
    private final Consumer<AdmissionPeriod> onSuspend;
    private volatile Optional<Suspended> suspended = Optional.empty(); // written under the lock of this, as is the next
    private volatile boolean over;

    /**
     * @param operator the suspension by the operator, which is in force in every period of the entry; any thread
     * @param onSuspend told once, on any thread, when a verdict has suspended the entry
     */
    public AdmissionPeriod(Supplier<Optional<Verdict.Suspend>> operator, Consumer<AdmissionPeriod> onSuspend) {
        this.operator = operator;
        this.onSuspend = onSuspend;
    }

    /** A period that only a verdict ends, and of whose end nobody is told. */
    public static AdmissionPeriod unwatched() {
        return new AdmissionPeriod(Optional::empty, period -> { });
    }

    /** The suspension in force for clients about whom no rule was asked yet. */
    public Optional<Verdict.Suspend> suspension() {
        Optional<Suspended> own = suspended;
        return own.isPresent() ? own.map(Suspended::verdict) : operator.get();
    }

    /**
     * The suspension in force for clients whom the admission rules let in and whom no provider serves yet. A suspension by an
     * admission rule is none of those: these are the clients that its limit allows.
     */
    public Optional<Verdict.Suspend> suspensionOfAdmitted() {
        Optional<Suspended> own = suspended;
        return own.isPresent() && !own.get().byLimit ? own.map(Suspended::verdict) : operator.get();
    }

    /** The suspension by a verdict that was asked for in this period, whether or not an operator has suspended the entry as well. */
    public Optional<Verdict.Suspend> suspensionByVerdict() {
        return suspended.map(Suspended::verdict);
    }

    /** Whether what happens now counts for this period: it is neither suspended nor over. */
    public boolean isOpen() {
        return !over && suspension().isEmpty();
    }

    /**
     * An admission rule suspends the entry.
     *
     * @param forget makes the rule begin to count anew; run when the suspension is over
     */
    void suspendByLimit(Verdict.Suspend verdict, Runnable forget) {
        suspend(new Suspended(verdict, true, forget));
    }

    /** Suspends the entry for all whom no provider serves yet. Does nothing if it is suspended or its period is over. */
    public void suspend(Verdict.Suspend verdict) {
        suspend(new Suspended(verdict, false, NOTHING));
    }

    private void suspend(Suspended wanted) {
        synchronized (this) {
            if (over || suspended.isPresent()) {
                return;
            }
            suspended = Optional.of(wanted);
        }
        onSuspend.accept(this);
    }

    /** What the verdict of a session rule comes to by now; a suspension takes effect here. */
    public Verdict inForce(Verdict verdict) {
        if (verdict instanceof Verdict.Suspend suspend) {
            suspend(suspend);
            return verdict;
        }
        Optional<Verdict.Suspend> suspended = verdict instanceof Verdict.Admit ? suspensionOfAdmitted() : Optional.empty();
        return suspended.isPresent() ? suspended.get() : verdict;
    }

    /** Ends this period, because another begins: the rule that has suspended the entry counts anew, and later verdicts are void. */
    public void end() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        suspended.ifPresent(last -> last.forget.run());
    }
}
