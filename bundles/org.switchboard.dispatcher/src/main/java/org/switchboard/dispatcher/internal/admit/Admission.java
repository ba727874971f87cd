package org.switchboard.dispatcher.internal.admit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Constants;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.switchboard.api.admission.AdmissionOptions;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.Arrival;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.admission.SessionRule;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.dispatcher.internal.resolve.OptionEffects;
import org.switchboard.dispatcher.internal.resolve.Resolver;

/**
 * The admission rules that are there, asked in order. A rule that throws refuses, and harms nobody else. While the owner of an
 * option is away, whoever it would have judged waits: nobody gets past a rule because its bundle is being updated. Session rules
 * are behind {@link #sessionRules}.
 */
@Component(service = Admission.class)
public final class Admission {

    private record Ranked(AdmissionRule rule, int ranking, long id, List<String> options) {
        static final Comparator<Ranked> ORDER = Comparator.comparingInt((Ranked ranked) -> -ranked.ranking)
                .thenComparingLong(Ranked::id);
    }

    /**
     * The rules of the accept stage at one moment.
     *
     * @param owned the options that they own
     */
    private record Rules(List<Ranked> ordered, Set<String> owned) {
    }

    /** How soon a client is asked again whose rule went away at that moment. */
    private static final Duration RULE_AWAY = Duration.ofMillis(100);

    private final Map<AdmissionRule, Ranked> known = new ConcurrentHashMap<>();
    private final SessionRules sessionRules = new SessionRules();
    private final InstantSource clock;
    private volatile Rules rules = new Rules(List.of(), Set.of());
    private volatile Runnable onChange = () -> { };

    @Activate
    public Admission() {
        this(InstantSource.system());
    }

    Admission(InstantSource clock) {
        this.clock = clock;
    }

    /** Tells somebody, on any thread, that rules came or went. */
    public void onChange(Runnable listener) {
        onChange = listener;
    }

    /** Adds a rule with its service properties. */
    @Reference(name = "rule", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY, unbind = "remove")
    public void add(AdmissionRule rule, Map<String, ?> properties) {
        known.put(rule, new Ranked(rule, ranking(properties), id(properties), words(properties.get(AdmissionOptions.PROPERTY))));
        order();
        onChange.run();
    }

    public void remove(AdmissionRule rule) {
        known.remove(rule);
        order();
        onChange.run();
    }

    @Reference(name = "sessionRule", service = SessionRule.class, cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY, unbind = "removeSessionRule")
    void bindSessionRule(ComponentServiceObjects<SessionRule> objects, Map<String, ?> properties) {
        addSessionRule(new RuleObject(objects), properties);
    }

    /** Adds a session rule with its service properties; its object is asked for when it is needed. */
    public void addSessionRule(Supplier<SessionRule> rule, Map<String, ?> properties) {
        sessionRules.add(id(properties), ranking(properties), words(properties.get(AdmissionOptions.PROPERTY)), rule);
        onChange.run();
    }

    /** Forgets the session rule with those service properties. Waits, within bounds, until it has said what it was asked. */
    public void removeSessionRule(Map<String, ?> properties) {
        sessionRules.remove(id(properties));
        onChange.run();
    }

    public SessionRules sessionRules() {
        return sessionRules;
    }

    private static int ranking(Map<String, ?> properties) {
        return properties.get(Constants.SERVICE_RANKING) instanceof Integer value ? value : 0;
    }

    private static long id(Map<String, ?> properties) {
        return properties.get(Constants.SERVICE_ID) instanceof Long value ? value : 0;
    }

    private synchronized void order() {
        List<Ranked> ordered = known.values().stream().sorted(Ranked.ORDER).toList();
        rules = new Rules(ordered, ordered.stream().flatMap(ranked -> ranked.options.stream()).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * An option of the entry that has no owner: nobody may be served who would have been judged by it. Its rule may be away, and
     * come back; or the option is misspelt.
     */
    public Optional<String> unowned(ServiceEntry entry) {
        return unowned(entry, rules);
    }

    private Optional<String> unowned(ServiceEntry entry, Rules now) {
        Map<String, String> options = entry.options();
        if (!options.isEmpty()) {
            for (String option : options.keySet()) {
                if (!now.owned.contains(option) && !Resolver.OPTIONS.contains(option) && !sessionRules.owns(option)) {
                    return Optional.of(option);
                }
            }
        }
        return Optional.empty();
    }

    /** The options that a rule, or the server itself, owns now. */
    public Set<String> options() {
        Set<String> options = new HashSet<>(rules.owned);
        options.addAll(Resolver.OPTIONS);
        options.addAll(sessionRules.options());
        return options;
    }

    private static List<String> words(Object property) {
        if (property instanceof String[] words) {
            return Arrays.asList(words);
        }
        return property instanceof String word ? List.of(word) : List.of();
    }

    /**
     * Decides about an arrival: a suspended entry admits nobody, otherwise every rule is asked. A rule that suspends the entry
     * does so before this returns. The leases of those that said yes are in the list even when a later one said no: the caller
     * releases them in any case.
     *
     * @param period in which the arrival is decided about
     * @param leases receives what has to be given back, in order
     */
    public Verdict check(Arrival arrival, AdmissionPeriod period, List<Lease> leases) {
        Optional<Verdict.Suspend> suspended = period.suspension();
        return suspended.isPresent() ? suspended.get() : period.inForce(ask(arrival, period, leases));
    }

    private Verdict ask(Arrival arrival, AdmissionPeriod period, List<Lease> leases) {
        Rules now = rules;
        if (unowned(arrival.entry(), now).isPresent()) {
            return askAgain();
        }
        for (Ranked ranked : now.ordered) {
            Verdict verdict;
            try {
                verdict = ranked.rule.check(arrival);
            } catch (Throwable broken) {
                // One that went away in the middle cannot load its classes any more.
                return known.containsKey(ranked.rule)
                        ? Verdict.refuse("rule " + ranked.rule.getClass().getSimpleName() + " failed: " + broken) : askAgain();
            }
            if (verdict instanceof Verdict.Suspend suspend) {
                period.suspendByLimit(suspend, () -> forget(ranked, arrival.entry()));
            }
            if (!(verdict instanceof Verdict.Admit admit)) {
                return verdict;
            }
            if (admit.lease() != Lease.NONE) {
                leases.add(admit.lease());
            }
        }
        return Verdict.admit();
    }

    private Verdict askAgain() {
        return Verdict.pause(clock.instant().plus(RULE_AWAY), "rule");
    }

    /** Gives back, newest first. A lease that throws does not keep the others from being given back. */
    public static void release(List<Lease> leases) {
        for (int i = leases.size() - 1; i >= 0; i--) {
            try {
                leases.get(i).release();
            } catch (Throwable broken) {
                report(broken);
            }
        }
    }

    private static void report(Throwable broken) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, broken);
    }

    /** Tells the rules that an entry is gone or has other options. */
    public void forget(ServiceEntry entry) {
        rules.ordered.forEach(ranked -> forget(ranked, entry));
    }

    /** Tells a rule, if it is still there, to forget an entry: a suspension that it wanted is over, or the entry is gone. */
    private void forget(Ranked ranked, ServiceEntry entry) {
        if (known.containsKey(ranked.rule)) {
            try {
                ranked.rule.forget(entry);
            } catch (Throwable broken) {
                report(broken);
            }
        }
    }

    /** What is wrong with those options of an entry that are not the server's own, a sentence for each. */
    public List<String> objections(ServiceEntry entry) {
        List<String> objections = new ArrayList<>();
        entry.options().forEach((option, value) -> {
            if (!Resolver.OPTIONS.contains(option)) {
                objection(option, value).ifPresent(objections::add);
            }
        });
        return objections;
    }

    private static Optional<String> objection(Ranked owner, String option, String value) {
        try {
            return owner.rule.objection(option, value);
        } catch (Throwable broken) {
            return Optional.of("cannot be checked (" + broken + ")");
        }
    }

    /** What is wrong with that which the rules of an entry read besides its options. Any thread. */
    public List<Finding> findings(ServiceEntry entry) {
        return sessionRules.findings(entry);
    }

    /**
     * Which options that were written for an entry have no effect, a sentence for each, in the order of their names.
     */
    public List<String> withoutEffect(ServiceEntry entry) {
        List<String> sentences = new ArrayList<>();
        for (String option : new TreeSet<>(entry.options().keySet())) {
            if (!entry.implied().contains(option)) {
                noEffect(option, entry).ifPresent(reason -> sentences.add("option '" + option + "' has no effect: "
                        + reason));
            }
        }
        return sentences;
    }

    private Optional<String> noEffect(String option, ServiceEntry entry) {
        if (Resolver.OPTIONS.contains(option)) {
            return OptionEffects.none(option, entry);
        }
        Optional<Ranked> owner = rules.ordered.stream().filter(ranked -> ranked.options.contains(option)).findFirst();
        try {
            return owner.isPresent() ? owner.get().rule.noEffect(option, entry) : sessionRules.noEffect(option, entry);
        } catch (Throwable broken) {
            // Nobody is refused for that; check() says when the rule itself fails.
            return Optional.of("cannot be checked (" + broken + ")");
        }
    }

    private Optional<String> objection(String option, String value) {
        Stream<Ranked> owners = rules.ordered.stream().filter(ranked -> ranked.options.contains(option));
        return owners.findFirst().map(owner -> objection(owner, option, value))
                .or(() -> sessionRules.objection(option, value))
                .map(objection -> objection.map(words -> "option '" + option + "' " + words + ", not '" + value + "'"))
                .orElseGet(() -> Optional.of("nobody here knows option '" + option + "'; nobody is served until somebody does"));
    }
}
