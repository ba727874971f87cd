package org.switchboard.api.admission;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.switchboard.api.entry.ServiceEntry;

/**
 * Says whether a client may be served. Rules are asked in the order of their service ranking, highest first, until one does
 * not admit.
 */
@ConsumerType
public interface AdmissionRule {

    /** The verdict on an arrival. Called on an event loop: cheap, never blocks; concurrently for different arrivals. */
    Verdict check(Arrival arrival);

    /**
     * What is wrong with the value of an option that this rule owns, as the end of a sentence ({@code must be a number of
     * at least 1}); empty if nothing is.
     */
    default Optional<String> objection(String option, String value) {
        return Optional.empty();
    }

    /**
     * Why an option that this rule owns has no effect for that entry, as the end of a sentence ({@code its program
     * accepts the clients, which the server does not see}); empty if it has one. The entry has the option. What is said
     * here is a finding of the entry, which runs all the same.
     */
    default Optional<String> noEffect(String option, ServiceEntry entry) {
        return Optional.empty();
    }

    /**
     * Forget what was counted for the entry: it is gone, or one of the same id with other options has taken its place, or a
     * suspension that this rule wanted is over. A rule that suspends an entry goes on counting until it is told this.
     */
    default void forget(ServiceEntry entry) {
    }
}
