package org.switchboard.dispatcher.internal.admit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.admission.SessionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.admission.Visit;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;

/**
 * The session rules that are there, each asked about the entries that have one of its options. Whoever updates the bundle of a
 * rule does not open a service to everybody meanwhile: a visit waits for the owner of an option that once had one. Safe for
 * several threads.
 */
public final class SessionRules {

    /** How long one that goes may take to say what it was asked before. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /** How long it may take from a rule's last use to the word that it is gone. */
    private static final Duration LEAVE_TAKING = Duration.ofMillis(500);
    private static final Verdict UNDECIDED = Verdict.pause(Instant.MAX, "rule");

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
    private final Map<Long, Integer> asked = new HashMap<>(); // how many wait for its verdict; guarded by this
    private boolean patient = true; // guarded by this

    /** @param rule gives the rule's object, which is not asked for before it is needed; an exception says why there is none */
    synchronized void add(long id, int ranking, List<String> options, Supplier<SessionRule> rule) {
        List<Ranked> more = new ArrayList<>(ordered);
        more.add(new Ranked(id, ranking, List.copyOf(options), rule));
        more.sort(Ranked.ORDER);
        Set<String> names = new TreeSet<>(List.of(owned));
        names.addAll(options);
        ordered = List.copyOf(more);
        owned = names.toArray(String[]::new);
        notifyAll();
    }

    /** Takes a rule out, and waits until it has said what it was asked: after that its classes go. */
    synchronized void remove(long id) {
        ordered = ordered.stream().filter(ranked -> ranked.id != id).toList();
        notifyAll();
        try {
            waitWhile(() -> asked.containsKey(id), LAST_WORDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether visits wait for a rule that is away. When the dispatcher is going they do not: the next one has to judge them. */
    public synchronized void patient(boolean now) {
        patient = now;
        notifyAll();
    }

    /** The options that a rule owns now. */
    Set<String> options() {
        return ordered.stream().flatMap(ranked -> ranked.options.stream()).collect(Collectors.toSet());
    }

    /** Whether somebody is there who owns that option. */
    boolean owns(String option) {
        for (Ranked ranked : ordered) {
            if (ranked.options.contains(option)) {
                return true;
            }
        }
        return false;
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
     * Asks every rule that the entry concerns. May block; waits for a rule that is away until it is interrupted.
     *
     * @param leases receives what has to be given back, whatever the verdict
     * @return a pause only if a rule is away and nobody waits for it any more
     */
    public Verdict judge(Visit visit, List<Lease> leases) throws InterruptedException {
        Set<Long> content = new HashSet<>();
        for (Next next = next(visit, content); next.isKnown(); next = next(visit, content)) {
            if (next.rule().isEmpty()) {
                return Verdict.admit();
            }
            Ranked ranked = next.rule().get();
            Optional<Verdict> verdict = ask(ranked, visit);
            if (verdict.isEmpty() && !isPatient()) {
                return UNDECIDED;
            }
            if (verdict.isPresent() && !(verdict.get() instanceof Verdict.Admit)) {
                return verdict.get();
            }
            if (verdict.isPresent()) {
                content.add(ranked.id);
                Lease lease = ((Verdict.Admit) verdict.get()).lease();
                if (lease != Lease.NONE) {
                    leases.add(lease);
                }
            }
        }
        return UNDECIDED;
    }

    private synchronized boolean isPatient() {
        return patient;
    }

    /**
     * Who is to be asked next.
     *
     * @param isKnown false if somebody is away, who might have to be, and nobody waits for him
     * @param rule empty if all have been asked
     */
    private record Next(boolean isKnown, Optional<Ranked> rule) {
    }

    /** The next to be asked about a visit, once all are there who have to be: in one step, so that none is passed over. */
    private synchronized Next next(Visit visit, Set<Long> content) throws InterruptedException {
        while (isOneAway(visit.entry())) {
            if (!patient) {
                return new Next(false, Optional.empty());
            }
            wait();
        }
        return new Next(true, ordered.stream()
                .filter(ranked -> !content.contains(ranked.id) && ranked.concerns(visit.entry())).findFirst());
    }

    private boolean isOneAway(ServiceEntry entry) {
        for (String option : owned) {
            if (entry.options().containsKey(option) && !owns(option)) {
                return true;
            }
        }
        return false;
    }

    /** Notes that a rule is asked, until it has {@link #answered}. @return whether it is still there */
    private synchronized boolean asks(Ranked ranked) {
        boolean here = ordered.contains(ranked);
        if (here) {
            asked.merge(ranked.id, 1, Integer::sum);
        }
        return here;
    }

    private synchronized void answered(Ranked ranked) {
        asked.computeIfPresent(ranked.id, (id, count) -> count > 1 ? count - 1 : null);
        notifyAll();
    }

    /** The verdict; empty if the rule went away in the middle, and another has to be asked. */
    private Optional<Verdict> ask(Ranked ranked, Visit visit) throws InterruptedException {
        try {
            // Not waited for when the rule goes: its object may be made by whoever takes it away.
            SessionRule rule = ranked.rule.get();
            if (!asks(ranked)) {
                return Optional.empty();
            }
            try {
                Verdict verdict = rule.judge(visit);
                return Optional.of(verdict instanceof Verdict.Pause pause ? Verdict.refuse(pause.reason()) : verdict);
            } finally {
                answered(ranked);
            }
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Throwable broken) {
            return goes(ranked) ? Optional.empty()
                    : Optional.of(Verdict.refuse("the rule of " + ranked.options + " failed: " + broken));
        }
    }

    /** Whether a rule that could not answer is on its way out, of which we may be told a moment after it shows. */
    private synchronized boolean goes(Ranked ranked) throws InterruptedException {
        waitWhile(() -> ordered.contains(ranked) && patient, LEAVE_TAKING);
        // While the dispatcher goes, the rule may have to wait for that before it can.
        return !ordered.contains(ranked) || !patient;
    }

    private synchronized void waitWhile(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos(); condition.getAsBoolean() && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** What the owner of that option says against the value; empty where nobody owns it. */
    Optional<Optional<String>> objection(String option, String value) {
        return ordered.stream().filter(ranked -> ranked.options.contains(option)).findFirst()
                .map(owner -> objection(owner, option, value));
    }

    /** What the rules of an entry find wrong with that which they read besides its options. */
    List<Finding> findings(ServiceEntry entry) {
        return ordered.stream().filter(ranked -> ranked.options.stream().anyMatch(entry.options()::containsKey))
                .flatMap(ranked -> findings(ranked, entry).stream()).toList();
    }

    private static List<Finding> findings(Ranked owner, ServiceEntry entry) {
        try {
            return owner.rule.get().examine(entry);
        } catch (Throwable broken) {
            return List.of(Finding.error(entry.origin(), "the rule of " + owner.options + " failed: " + broken));
        }
    }

    private static Optional<String> objection(Ranked owner, String option, String value) {
        try {
            return owner.rule.get().objection(option, value);
        } catch (Throwable broken) {
            return Optional.of("cannot be checked (" + broken + ")");
        }
    }

    /** Why the option has no effect for the entry, if its owner says so. */
    Optional<String> noEffect(String option, ServiceEntry entry) {
        return ordered.stream().filter(ranked -> ranked.options.contains(option)).findFirst()
                .flatMap(owner -> owner.rule.get().noEffect(option, entry));
    }
}
