package org.switchboard.dispatcher.internal.serve;

import java.net.SocketAddress;
import java.util.Optional;
import org.switchboard.api.admission.Arrival;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.dispatcher.internal.session.Addresses;

/** A client at the door. */
record Visitor(Serving serving, Optional<SocketAddress> remote, SocketAddress local) implements Arrival {

    @Override
    public ServiceEntry entry() {
        return serving.entry();
    }

    @Override
    public int running() {
        return serving.counters().occupied();
    }

    String remoteText() {
        return remote.map(Addresses::text).orElse("-");
    }
}
