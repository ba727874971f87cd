package org.switchboard.dispatcher.internal.admit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.admission.SessionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.admission.Visit;
import org.switchboard.api.entry.ServiceEntry;

/**
 * The session rules that are there, each asked about the entries that have one of its options. Whoever updates the bundle of a
 * rule does not open a service to everybody meanwhile: an option that once had an owner refuses as long as it has none. Safe
 * for several threads.
 */
public final class SessionRules {

    private record Ranked(long id, int ranking, List<String> options, Supplier<SessionRule> rule) {
        static final Comparator<Ranked> ORDER = Comparator.comparingInt((Ranked ranked) -> -ranked.ranking)
                .thenComparingLong(Ranked::id);

        boolean concerns(ServiceEntry entry) {
            return options.stream().anyMatch(entry.options()::containsKey);
        }
    }

    private volatile List<Ranked> ordered = List.of();
    /** The options that have an owner, or had one; an array, as it is looked through for every arrival. */
    private volatile String[] owned = {};

    /** @param rule gives the rule's object, which is not asked for before it is needed; an exception says why there is none */
    synchronized void add(long id, int ranking, List<String> options, Supplier<SessionRule> rule) {
        List<Ranked> more = new ArrayList<>(ordered);
        more.add(new Ranked(id, ranking, List.copyOf(options), rule));
        more.sort(Ranked.ORDER);
        Set<String> names = new TreeSet<>(List.of(owned));
        names.addAll(options);
        ordered = List.copyOf(more);
        owned = names.toArray(String[]::new);
    }

    synchronized void remove(long id) {
        ordered = ordered.stream().filter(ranked -> ranked.id != id).toList();
    }

    /** Whether somebody has a say about arrivals for that entry. */
    public boolean concern(ServiceEntry entry) {
        Map<String, String> options = entry.options();
        if (!options.isEmpty()) {
            for (String option : owned) {
                if (options.containsKey(option)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Asks every rule that the entry concerns. May block.
     *
     * @param leases receives what has to be given back, whatever the verdict
     */
    public Verdict judge(Visit visit, List<Lease> leases) throws InterruptedException {
        List<Ranked> now = ordered;
        for (String option : owned) {
            if (visit.entry().options().containsKey(option) && now.stream().noneMatch(ranked -> ranked.options.contains(option))) {
                return Verdict.refuse("the rule of '" + option + "' is away");
            }
        }
        for (Ranked ranked : now) {
            Verdict verdict = ranked.concerns(visit.entry()) ? ask(ranked, visit) : Verdict.admit();
            if (!(verdict instanceof Verdict.Admit admit)) {
                return verdict;
            }
            if (admit.lease() != Lease.NONE) {
                leases.add(admit.lease());
            }
        }
        return Verdict.admit();
    }

    private static Verdict ask(Ranked ranked, Visit visit) throws InterruptedException {
        try {
            Verdict verdict = ranked.rule.get().judge(visit);
            return verdict instanceof Verdict.Pause pause ? Verdict.refuse(pause.reason()) : verdict;
        } catch (RuntimeException | LinkageError broken) {
            return Verdict.refuse("the rule of " + ranked.options + " failed: " + broken);
        }
    }

    /** What the owner of that option says against the value; empty where nobody owns it. */
    Optional<Optional<String>> objection(String option, String value) {
        return ordered.stream().filter(ranked -> ranked.options.contains(option)).findFirst()
                .map(owner -> objection(owner, option, value));
    }

    private static Optional<String> objection(Ranked owner, String option, String value) {
        try {
            return owner.rule.get().objection(option, value);
        } catch (RuntimeException | LinkageError broken) {
            return Optional.of("cannot be checked (" + broken + ")");
        }
    }
}
