package org.switchboard.limits.internal;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.admission.AdmissionRule;
import org.switchboard.api.admission.Arrival;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;

/**
 * Keeps two services that answer every datagram from talking to each other for ever, which one datagram with a forged sender
 * is enough to begin. A datagram for a provider inside the server is refused when it comes from the port of such a service:
 * the well-known ones, and those that this server answers datagrams on itself. Programs are not guarded, they have their own
 * protocols.
 *
 * <p>Source: CERT CA-1996-01; inetd(8), FreeBSD and NetBSD.
 */
@Component
public final class UdpLoopGuard implements AdmissionRule {

    private static final String REASON = "udp_loop";
    /** Echo, daytime, quote of the day, chargen, time. */
    private static final Set<Integer> WELL_KNOWN = Set.of(7, 13, 17, 19, 37);

    /** Ports of this server with the id of the entry seen there, learned as datagrams arrive; so a loop ends at its second step. */
    private final Map<Integer, String> own = new ConcurrentHashMap<>();

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
        return loop ? Verdict.refuse(REASON) : Verdict.admit();
    }

    @Override
    public void forget(ServiceEntry entry) {
        own.values().removeIf(entry.id()::equals);
    }
}
