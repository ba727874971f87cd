package org.switchboard.limits.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.admission.AdmissionOptions;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.Arrival;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;

/**
 * Keeps two services that answer every datagram from talking to each other for ever, which one datagram with a forged sender
 * is enough to begin, and a forged sender from being drowned in answers. A datagram for a provider inside the server is refused
 * when it comes from the port of such a service: the well-known ones, and those that this server answers datagrams on itself.
 * And no address gets more than {@code udp_rate} answers a second from an entry, {@value #USUAL_RATE} unless the entry says
 * otherwise. Programs are not guarded, they have their own protocols.
 *
 * <p>Source: CERT CA-1996-01; inetd(8), FreeBSD and NetBSD.
 */
@Component(property = "service.ranking:Integer=400")
@AdmissionOptions(UdpLoopGuard.RATE)
public final class UdpLoopGuard implements AdmissionRule {

    static final String RATE = "udp_rate";
    static final int USUAL_RATE = 100;

    private static final String REASON = "udp_loop";
    /** Echo, daytime, quote of the day, chargen, time. */
    private static final Set<Integer> WELL_KNOWN = Set.of(7, 13, 17, 19, 37);

    private final InstantSource clock;
    /** Ports of this server with the id of the entry seen there, learned as datagrams arrive; so a loop ends at its second step. */
    private final Map<Integer, String> own = new ConcurrentHashMap<>();
    private final Map<String, Sources<Second>> rates = new ConcurrentHashMap<>();

    /** The datagrams of one address in the second that they last came in. */
    private static final class Second {
        private long second;
        private int datagrams;

        int count(long now) {
            datagrams = now == second ? datagrams + 1 : 1;
            second = now;
            return datagrams;
        }
    }

    @Activate
    public UdpLoopGuard() {
        this(InstantSource.system());
    }

    UdpLoopGuard(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Verdict check(Arrival arrival) {
        ServiceEntry entry = arrival.entry();
        if (entry.socketType() != SocketType.DGRAM || entry.mode() == Mode.WAIT || entry.isProgram()) {
            return Verdict.admit();
        }
        if (arrival.local() instanceof InetSocketAddress local) {
            own.putIfAbsent(local.getPort(), entry.id());
        }
        boolean loop = arrival.remote().orElse(null) instanceof InetSocketAddress sender
                && (WELL_KNOWN.contains(sender.getPort()) || own.containsKey(sender.getPort()));
        if (loop) {
            return Verdict.refuse(REASON);
        }
        return Sources.of(arrival).filter(source -> isTooFast(entry, source)).isPresent()
                ? Verdict.refuse(RATE) : Verdict.admit();
    }

    private boolean isTooFast(ServiceEntry entry, InetAddress source) {
        Sources<Second> sources = rates.computeIfAbsent(entry.id(), id -> new Sources<>());
        synchronized (sources) {
            int count = sources.get(source, Second::new).count(clock.instant().getEpochSecond());
            return count > Count.of(entry, RATE, USUAL_RATE);
        }
    }

    @Override
    public Optional<String> objection(String option, String value) {
        return Count.objection(value, 1);
    }

    @Override
    public Optional<String> noEffect(String option, ServiceEntry entry) {
        boolean guarded = entry.protocol().transport() == Transport.UDP && !entry.isProgram();
        return guarded ? Optional.empty() : Optional.of("it limits what a provider inside the server answers over UDP");
    }

    @Override
    public void forget(ServiceEntry entry) {
        own.values().removeIf(entry.id()::equals);
        rates.remove(entry.id());
    }
}
