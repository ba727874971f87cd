package org.switchboard.api.admission;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;

/**
 * Says whether a client may be served, where that takes longer than an {@link AdmissionRule} may: look-ups, files, other
 * programs. It names the entry options that it owns with {@link AdmissionOptions} and is asked about the entries that have one
 * of them, after every admission rule has said yes; for others it costs nothing, not even its own activation.
 *
 * <p>Rules are asked in the order of their service ranking, highest first, until one does not admit. While the rule of an
 * option is away, being updated for instance, the entries that have the option serve nobody.
 */
@ConsumerType
public interface SessionRule {

    /**
     * The verdict on a visit. Called on a worker thread, concurrently for different visits; may block. Who has no verdict at
     * {@link Visit#deadline()} is interrupted, and the client refused. A {@link Verdict.Pause} counts as a refusal: this client
     * has been accepted, and those behind it are judged at the same time.
     */
    Verdict judge(Visit visit) throws InterruptedException;

    /**
     * What is wrong with the value of an option that this rule owns, as the end of a sentence ({@code must be yes or no});
     * empty if nothing is.
     */
    default Optional<String> objection(String option, String value) {
        return Optional.empty();
    }

    /**
     * What is wrong with that which this rule reads for an entry besides its options, for example with a file of rules;
     * shown by {@code check} and {@code show}. Called often and on any thread: the rule remembers what it has read.
     * Several entries may have the same findings.
     */
    default List<Finding> examine(ServiceEntry entry) {
        return List.of();
    }

    /**
     * Why an option that this rule owns has no effect for that entry, as the end of a sentence ({@code its program
     * accepts the clients, which the server does not see}); empty if it has one. The entry has the option. What is said
     * here is a finding of the entry, which runs all the same.
     */
    default Optional<String> noEffect(String option, ServiceEntry entry) {
        return Optional.empty();
    }
}
