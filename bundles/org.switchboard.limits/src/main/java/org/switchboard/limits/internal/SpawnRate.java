package org.switchboard.limits.internal;

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
 * {@code service_max=N}, what an inetd.conf writes as {@code nowait.N}: N starts of a service in any 60 seconds, counted from
 * the first of them. The next one is refused, and the service is closed for ten minutes. Without the option nothing is counted.
 *
 * <p>Source: inetd(8), NetBSD, for the count (N pass, N+1 trips); inetd(8), all, for the ten minutes.
 */
@Component
@AdmissionOptions(SpawnRate.OPTION)
public final class SpawnRate implements AdmissionRule {

    static final String OPTION = "service_max";

    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Duration SUSPENSION = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    /** What has been started since when. */
    private record Window(Instant since, int starts) {
    }

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
        String option = entry.options().get(OPTION);
        if (option == null || objection(OPTION, option).isPresent()) {
            return Verdict.admit();
        }
        int most = Integer.parseInt(option);
        Instant now = clock.instant();
        Window window = windows.merge(entry.id(), new Window(now, 1), (old, first) ->
                now.isBefore(old.since().plus(WINDOW)) ? new Window(old.since(), old.starts() + 1) : first);
        if (window.starts() <= most) {
            return Verdict.admit();
        }
        windows.remove(entry.id());
        return Verdict.suspend(now.plus(SUSPENSION),
                "more than " + most + " starts in " + WINDOW.toSeconds() + " seconds (" + OPTION + ")");
    }

    @Override
    public Optional<String> objection(String option, String value) {
        try {
            return Integer.parseInt(value) >= 1 ? Optional.empty() : Optional.of("must be at least 1");
        } catch (NumberFormatException notANumber) {
            return Optional.of("must be a number of at least 1");
        }
    }

    @Override
    public void forget(ServiceEntry entry) {
        windows.remove(entry.id());
    }
}
