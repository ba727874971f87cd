package org.switchboard.access.internal.table;

import java.util.List;
import java.util.Optional;
import org.switchboard.access.internal.request.UndecidedException;

/** Conditions of which it may be impossible to say whether they hold. */
final class Decision {

    private Decision() {
    }

    /** A condition. */
    interface Condition {
        boolean holds() throws InterruptedException, UndecidedException;
    }

    /** A condition that something of many may fulfil. */
    interface ConditionOf<T> {
        boolean holds(T what) throws InterruptedException, UndecidedException;
    }

    /** Whether it holds for one of them; where it does, it does not matter whether it can be decided for others. */
    static <T> boolean any(List<T> all, ConditionOf<T> condition) throws InterruptedException, UndecidedException {
        Optional<UndecidedException> open = Optional.empty();
        for (T each : all) {
            try {
                if (condition.holds(each)) {
                    return true;
                }
            } catch (UndecidedException undecided) {
                open = Optional.of(undecided);
            }
        }
        if (open.isPresent()) {
            throw open.get();
        }
        return false;
    }

    /** Whether both hold; where one does not, it does not matter whether the other can be decided. */
    static boolean both(Condition first, Condition second) throws InterruptedException, UndecidedException {
        Optional<UndecidedException> open = Optional.empty();
        try {
            if (!first.holds()) {
                return false;
            }
        } catch (UndecidedException undecided) {
            open = Optional.of(undecided);
        }
        boolean holds = second.holds();
        if (holds && open.isPresent()) {
            throw open.get();
        }
        return holds;
    }
}
