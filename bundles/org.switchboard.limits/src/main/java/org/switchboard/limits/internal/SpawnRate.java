package org.switchboard.limits.internal;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.admission.AdmissionOptions;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.Arrival;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.ServiceEntry;

/**
 * How many sessions of a service begin in 60 seconds, counted from the first of them: {@code service_max=N}, what an inetd.conf
 * writes as {@code nowait.N}, and {@code ip_max=N} for each client address. So many are served; {@code on_limit} says what
 * becomes of the next one. Over {@code ip_max} only that client is refused. Without these options nothing is counted.
 *
 * <p>Source: inetd(8), NetBSD, for the count (N pass, N+1 trips); inetd(8), all, for the ten minutes.
 */
@Component(property = "service.ranking:Integer=100")
@AdmissionOptions({SpawnRate.SERVICE_MAX, SpawnRate.IP_MAX, SpawnRate.ON_LIMIT, SpawnRate.SUSPEND_SECONDS})
public final class SpawnRate implements AdmissionRule {

    static final String SERVICE_MAX = "service_max";
    static final String IP_MAX = "ip_max";
    static final String ON_LIMIT = "on_limit";
    static final String SUSPEND_SECONDS = "suspend_seconds";

    private static final String TERMINATE = "terminate";
    private static final String THROTTLE = "throttle";
    private static final String QUEUE = "queue";
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final int SUSPENSION_SECONDS = 600;

    private final InstantSource clock;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    @Activate
    public SpawnRate() {
        this(InstantSource.system());
    }

    SpawnRate(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Verdict check(Arrival arrival) {
        ServiceEntry entry = arrival.entry();
        if (!entry.options().containsKey(SERVICE_MAX) && !entry.options().containsKey(IP_MAX)) {
            return Verdict.admit();
        }
        return windows.computeIfAbsent(entry.id(), id -> new Window()).count(entry, Sources.of(arrival), clock.instant());
    }

    /** What began since when. */
    private static final class Window {
        private Instant since = Instant.MIN; // this and what follows: guarded by this
        private int starts;
        private Sources<int[]> sources = new Sources<>();

        synchronized Verdict count(ServiceEntry entry, Optional<InetAddress> source, Instant now) {
            if (now.isBefore(since) || !now.isBefore(end())) {
                begin(now);
            }
            int[] own = source.filter(address -> entry.options().containsKey(IP_MAX))
                    .map(address -> sources.get(address, () -> new int[1])).orElseGet(() -> new int[1]);
            if (source.isPresent() && own[0] >= Count.of(entry, IP_MAX)) {
                return Verdict.refuse(IP_MAX);
            }
            int most = Count.of(entry, SERVICE_MAX);
            if (starts >= most) {
                return overLimit(entry, most, now);
            }
            own[0]++;
            starts++;
            return Verdict.admit();
        }

        private Instant end() {
            return since.equals(Instant.MIN) ? since : since.plus(WINDOW);
        }

        private void begin(Instant now) {
            since = now;
            starts = 0;
            sources = new Sources<>();
        }

        private Verdict overLimit(ServiceEntry entry, int most, Instant now) {
            switch (entry.options().getOrDefault(ON_LIMIT, TERMINATE)) {
                case THROTTLE:
                    return Verdict.refuse(SERVICE_MAX);
                case QUEUE:
                    return Verdict.pause(end(), SERVICE_MAX);
                default:
                    return Verdict.suspend(now.plusSeconds(Count.of(entry, SUSPEND_SECONDS, SUSPENSION_SECONDS)),
                            "more than " + most + " starts in " + WINDOW.toSeconds() + " seconds (" + SERVICE_MAX + ")");
            }
        }
    }

    @Override
    public Optional<String> objection(String option, String value) {
        return switch (option) {
            case ON_LIMIT -> value.equals(TERMINATE) || value.equals(THROTTLE) || value.equals(QUEUE)
                    ? Optional.empty() : Optional.of("must be " + TERMINATE + ", " + THROTTLE + " or " + QUEUE);
            case SUSPEND_SECONDS -> Count.objection(value, 1);
            default -> Count.objection(value, 0);
        };
    }

    @Override
    public Optional<String> noEffect(String option, ServiceEntry entry) {
        if (Count.of(entry, option) == Integer.MAX_VALUE && (option.equals(SERVICE_MAX) || option.equals(IP_MAX))) {
            return Optional.empty();
        }
        boolean counted = Count.of(entry, SERVICE_MAX) != Integer.MAX_VALUE;
        boolean suspends = counted && entry.options().getOrDefault(ON_LIMIT, TERMINATE).equals(TERMINATE);
        return switch (option) {
            case IP_MAX -> Clients.withoutAddress(entry);
            case ON_LIMIT -> counted ? Optional.empty()
                    : Optional.of("it says what follows on " + SERVICE_MAX + ", which is not limited");
            case SUSPEND_SECONDS -> suspends ? Optional.empty()
                    : Optional.of("nothing suspends the entry but " + SERVICE_MAX + " with " + ON_LIMIT + "=" + TERMINATE);
            default -> Optional.empty();
        };
    }

    /** Also when a suspension is over: until then nobody passes, whoever is asked about meanwhile. */
    @Override
    public void forget(ServiceEntry entry) {
        windows.remove(entry.id());
    }
}
