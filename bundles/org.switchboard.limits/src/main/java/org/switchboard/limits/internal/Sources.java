package org.switchboard.limits.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.switchboard.api.admission.Arrival;

/**
 * Something for each client address, for a bounded number of them: past that, the address that was not seen for longest is
 * forgotten. Not safe for several threads.
 */
final class Sources<T> {

    /** As many as a flood from everywhere may make us remember, for each entry. */
    static final int MOST = 4096;

    private final Map<InetAddress, T> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, T> eldest) {
            return size() > MOST;
        }
    };

    /** The address of a client that has one: not of a Unix socket, and not where the server does not see who is there. */
    static Optional<InetAddress> of(Arrival arrival) {
        if (arrival.remote().orElse(null) instanceof InetSocketAddress peer && peer.getAddress() != null) {
            return Optional.of(peer.getAddress());
        }
        return Optional.empty();
    }

    /** What there is for that address; made now if it is new. */
    T get(InetAddress source, Supplier<T> made) {
        T found = known.get(source);
        if (found == null) {
            found = made.get();
            known.put(source, found);
        }
        return found;
    }

    int size() {
        return known.size();
    }
}
