package org.switchboard.limits.internal;

import java.net.InetAddress;
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
 * How often one address may connect to a service: {@code cpm=N} in a minute, which is six buckets of ten seconds by the clock
 * on the wall. N pass, what is more is refused; and a refused client counts as well, so one that does not slow down is not
 * let in again.
 *
 * <p>Source: inetd(8), FreeBSD ({@code max-connections-per-ip-per-minute}).
 */
@Component(property = "service.ranking:Integer=200")
@AdmissionOptions(ConnectionPace.OPTION)
public final class ConnectionPace implements AdmissionRule {

    static final String OPTION = "cpm";

    private static final int BUCKETS = 6;
    private static final int BUCKET_SECONDS = 10;

    private final InstantSource clock;
    private final Map<String, Sources<Minute>> services = new ConcurrentHashMap<>();

    @Activate
    public ConnectionPace() {
        this(InstantSource.system());
    }

    ConnectionPace(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Verdict check(Arrival arrival) {
        ServiceEntry entry = arrival.entry();
        if (!entry.options().containsKey(OPTION)) {
            return Verdict.admit();
        }
        Optional<InetAddress> source = Sources.of(arrival);
        if (source.isEmpty()) {
            return Verdict.admit();
        }
        long tick = Math.floorDiv(clock.instant().getEpochSecond(), BUCKET_SECONDS);
        Sources<Minute> sources = services.computeIfAbsent(entry.id(), id -> new Sources<>());
        synchronized (sources) {
            int count = sources.get(source.get(), Minute::new).count(tick);
            return count > Count.of(entry, OPTION) ? Verdict.refuse(OPTION) : Verdict.admit();
        }
    }

    /** The connections of one address. */
    private static final class Minute {
        private final long[] ticks = new long[BUCKETS];
        private final int[] counts = new int[BUCKETS];

        /** Counts one more, and says how many there were in the last minute. */
        int count(long tick) {
            int now = (int) Math.floorMod(tick, (long) BUCKETS);
            if (ticks[now] != tick) {
                ticks[now] = tick;
                counts[now] = 0;
            }
            counts[now]++;
            int sum = 0;
            for (int i = 0; i < BUCKETS; i++) {
                if (ticks[i] <= tick && ticks[i] >= tick - BUCKETS) {
                    sum += counts[i];
                }
            }
            return sum;
        }
    }

    @Override
    public Optional<String> objection(String option, String value) {
        return Count.objection(value, 1);
    }

    @Override
    public Optional<String> noEffect(String option, ServiceEntry entry) {
        return Count.of(entry, OPTION) == Integer.MAX_VALUE ? Optional.empty() : Clients.withoutAddress(entry);
    }

    @Override
    public void forget(ServiceEntry entry) {
        services.remove(entry.id());
    }
}
