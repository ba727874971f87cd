package org.switchboard.ports.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.ports.PortClaim;
import org.switchboard.api.ports.PortClaimedException;
import org.switchboard.api.ports.PortStatus;
import org.switchboard.api.ports.Reservation;

/** Who has reserved which port. Safe for use by several threads. */
final class Reservations {

    private final Runnable changed;

    /** By port and transport; guarded by itself. */
    private final Map<String, List<Held>> held = new HashMap<>();

    /** @param changed told after every change, on the thread of whoever made it */
    Reservations(Runnable changed) {
        this.changed = changed;
    }

    Reservation reserve(PortClaim claim) throws PortClaimedException {
        Held reservation = new Held(claim);
        synchronized (held) {
            List<Held> others = held.computeIfAbsent(claim.portText(), port -> new ArrayList<>());
            for (Held other : others) {
                if (!other.claim.owner().equals(claim.owner()) && other.compared.overlaps(reservation.compared)) {
                    throw new PortClaimedException("port " + claim.portText() + " is already claimed by '"
                            + other.claim.name() + "' (" + other.claim.origin() + ")");
                }
            }
            others.add(reservation);
        }
        changed.run();
        return reservation;
    }

    /** All claims, by port. */
    List<PortClaim> claims() {
        return sorted().stream().map(Held::claim).toList();
    }

    List<PortStatus> statuses() {
        return sorted().stream().map(Held::status).toList();
    }

    /** The claim of the lowest port under that name. */
    Optional<PortClaim> named(String name, Transport transport) {
        synchronized (held) {
            return held.values().stream().flatMap(List::stream).map(Held::claim)
                    .filter(claim -> claim.name().equals(name) && claim.protocol().transport() == transport)
                    .min(Comparator.comparingInt(PortClaim::port));
        }
    }

    /** The first claim of that port. */
    Optional<PortClaim> numbered(int port, Transport transport) {
        synchronized (held) {
            return held.getOrDefault(port + "/" + transport.text(), List.of()).stream().map(Held::claim).findFirst();
        }
    }

    private List<Held> sorted() {
        synchronized (held) {
            return held.values().stream().flatMap(List::stream).sorted(Comparator
                    .comparingInt((Held one) -> one.claim.port()).thenComparing(one -> one.claim.protocol())
                    .thenComparing(one -> one.claim.address())).toList();
        }
    }

    private void remove(Held reservation) {
        boolean removed;
        synchronized (held) {
            List<Held> others = held.getOrDefault(reservation.claim.portText(), new ArrayList<>());
            removed = others.remove(reservation);
            if (others.isEmpty()) {
                held.remove(reservation.claim.portText());
            }
        }
        if (removed) {
            changed.run();
        }
    }

    private final class Held implements Reservation {
        private final PortClaim claim;
        private final PortClaim compared;
        private volatile String state = "reserved";

        Held(PortClaim claim) {
            this.claim = claim;
            this.compared = Spelling.canonical(claim);
        }

        @Override
        public PortClaim claim() {
            return claim;
        }

        @Override
        public void state(String value) {
            state = value;
        }

        @Override
        public void release() {
            remove(this);
        }

        private PortStatus status() {
            return new PortStatus(claim.name(), claim.port(), claim.protocol().text(),
                    claim.address().isEmpty() ? "*" : claim.address(), claim.owner(), state);
        }
    }
}
