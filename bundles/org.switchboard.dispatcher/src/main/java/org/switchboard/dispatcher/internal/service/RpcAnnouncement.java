package org.switchboard.dispatcher.internal.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.switchboard.api.ports.RpcService;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.dispatcher.internal.resolve.RpcOptions;

/** What rpcbind was told about an entry. Dispatcher thread only, which it blocks for as long as rpcbind takes. */
final class RpcAnnouncement {

    private final Surroundings around;
    private final String id;
    private Optional<RpcService> announced = Optional.empty();

    /** @param id the id of the entry, for the log */
    RpcAnnouncement(Surroundings around, String id) {
        this.around = around;
        this.id = id;
    }

    /** Tells where the program is now; what was said before and does not hold any more is taken back. */
    Status announce(RpcOptions program, List<Endpoint> open) {
        Map<String, InetSocketAddress> addresses = new TreeMap<>();
        open.forEach(endpoint -> endpoint.addTransports(addresses));
        RpcService service = new RpcService(program.program(), program.firstVersion(), program.lastVersion(), addresses);
        if (announced.isPresent() && !announced.get().equals(service)) {
            withdraw();
        }
        try {
            // Part of it may be registered when it fails.
            boolean before = announced.isPresent();
            announced = Optional.of(service);
            around.rpc().get().register(service);
            if (!before) {
                around.log().info("{}: registered with rpcbind as program {}", id, service.program());
            }
            return Status.LISTENING;
        } catch (IOException failed) {
            return Status.of(EntryState.FAILED, "clients cannot find it: " + failed.getMessage());
        }
    }

    void withdraw() {
        if (announced.isEmpty()) {
            return;
        }
        RpcService service = announced.get();
        announced = Optional.empty();
        try {
            around.rpc().get().unregister(service);
        } catch (IOException failed) {
            around.log().debug("{}: cannot be unregistered: {}", id, failed.getMessage());
        }
    }
}
