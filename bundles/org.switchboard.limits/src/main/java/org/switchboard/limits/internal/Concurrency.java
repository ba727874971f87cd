package org.switchboard.limits.internal;

import java.net.InetAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.admission.AdmissionOptions;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.Arrival;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.ServiceEntry;

/**
 * How many sessions of a service run at a time: {@code instances=N}, past which clients wait in the kernel's queue until one
 * ends, and {@code per_source=N} for each client address, past which the next one is refused. Sessions that began before the
 * entry had {@code instances} count; for {@code per_source} they do not, as nobody noted where they came from.
 *
 * <p>Source: inetd(8), FreeBSD ({@code max-child}, {@code max-child-per-ip}), and rlinetd.
 */
@Component(property = "service.ranking:Integer=300")
@AdmissionOptions({Concurrency.INSTANCES, Concurrency.PER_SOURCE})
public final class Concurrency implements AdmissionRule {

    static final String INSTANCES = "instances";
    static final String PER_SOURCE = "per_source";

    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    @Override
    public Verdict check(Arrival arrival) {
        ServiceEntry entry = arrival.entry();
        if (!entry.options().containsKey(INSTANCES) && !entry.options().containsKey(PER_SOURCE)) {
            return Verdict.admit();
        }
        Verdict[] verdict = new Verdict[1];
        tallies.compute(entry.id(), (id, known) -> {
            Tally tally = known == null ? new Tally() : known;
            verdict[0] = tally.enter(arrival); // here, because an empty one may be forgotten in this moment
            return tally;
        });
        return verdict[0];
    }

    /** The sessions that run under a lease. As many addresses are known as there are sessions, at most. */
    private static final class Tally {
        private final Map<InetAddress, Integer> bySource = new HashMap<>(); // this and what follows: guarded by this
        private int running;

        synchronized Verdict enter(Arrival arrival) {
            Optional<InetAddress> source = Sources.of(arrival);
            int own = source.map(address -> bySource.getOrDefault(address, 0)).orElse(0);
            if (source.isPresent() && own >= Count.of(arrival.entry(), PER_SOURCE)) {
                return Verdict.refuse(PER_SOURCE);
            }
            // Sessions from before the option are in the one number, those on their way to be opened in the other.
            if (Math.max(running, arrival.running()) >= Count.of(arrival.entry(), INSTANCES)) {
                return Verdict.pause(Instant.MAX, INSTANCES);
            }
            running++;
            source.ifPresent(address -> bySource.put(address, own + 1));
            return Verdict.admit(() -> leave(source));
        }

        private synchronized void leave(Optional<InetAddress> source) {
            running--;
            source.ifPresent(address -> bySource.computeIfPresent(address, (same, own) -> own > 1 ? own - 1 : null));
        }

        synchronized boolean isEmpty() {
            return running == 0;
        }
    }

    @Override
    public Optional<String> objection(String option, String value) {
        return Count.objection(value, 1);
    }

    @Override
    public Optional<String> noEffect(String option, ServiceEntry entry) {
        if (Count.of(entry, option) == Integer.MAX_VALUE) {
            return Optional.empty();
        }
        if (option.equals(PER_SOURCE)) {
            return Clients.withoutAddress(entry).or(() -> oneProgram(entry));
        }
        return Count.of(entry, INSTANCES) > 1 ? oneProgram(entry) : Optional.empty();
    }

    /**
     * One for each socket, to be exact: a limit of one instance keeps the socket for IPv6 closed while that for IPv4 is
     * served.
     */
    private static Optional<String> oneProgram(ServiceEntry entry) {
        return Clients.shareOneProgram(entry)
                ? Optional.of("one program at a time has the socket, and serves all who come meanwhile")
                : Optional.empty();
    }

    /** What runs goes on, and goes on being counted when the entry comes back or only changes. */
    @Override
    public void forget(ServiceEntry entry) {
        tallies.computeIfPresent(entry.id(), (id, tally) -> tally.isEmpty() ? null : tally);
    }
}
