package org.switchboard.provider.tcpmux.internal;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.DescriptorProvider;
import org.switchboard.api.provider.Instance;
import org.switchboard.api.provider.ProviderName;
import org.switchboard.api.provider.SocketDescriptor;
import org.switchboard.api.provider.Switchyard;
import org.switchboard.posix.HeldSockets;
import org.switchboard.posix.Lines;
import org.switchboard.posix.Sockets;

/**
 * Reads the name of a service and hands the connection on to the entry {@code tcpmux/NAME}, whose own rules, user and server
 * count from then on. It takes the kernel socket, so that what a client sends behind the name waits there for that server.
 *
 * <p>Source: RFC 1078; inetd(8), FreeBSD.
 */
@Component
@ProviderName("tcpmux")
public final class TcpmuxProvider implements DescriptorProvider {

    /** Clients that have not said what they want; each costs a descriptor and no thread. */
    static final int MOST_WAITING = 1024;

    private final Switchyard switchyard;
    private final Sockets sockets;
    private final Lines lines;
    private final HeldSockets held;
    private final Set<MuxClient> waiting = ConcurrentHashMap.newKeySet();

    @Activate
    public TcpmuxProvider(@Reference Switchyard switchyard, @Reference Sockets sockets, @Reference Lines lines,
            @Reference HeldSockets held) {
        this.switchyard = switchyard;
        this.sockets = sockets;
        this.lines = lines;
        this.held = held;
    }

    @Override
    public Optional<String> obstacle(ServiceEntry entry) {
        if (entry.mode() == Mode.WAIT) {
            return Optional.of("tcpmux is served with 'nowait'");
        }
        return entry.arguments().isEmpty() ? Optional.empty()
                : Optional.of("tcpmux takes no arguments, so not '" + String.join(" ", entry.arguments()) + "'");
    }

    @Override
    public Instance start(SocketDescriptor socket) throws IOException {
        MuxClient client = new MuxClient(sockets.duplicate(socket.fd()), socket.entry().id(), switchyard, sockets, lines);
        waiting.add(client);
        client.ended().thenRun(() -> waiting.remove(client));
        if (waiting.size() > MOST_WAITING) {
            client.sendAway();
        } else {
            client.listen();
        }
        return client;
    }

    /** With what was taken out of a socket nobody else could go on; the others are clients of the next version of this. */
    @Deactivate
    void endAll() {
        waiting.forEach(client -> client.leaveTo(held));
    }
}
