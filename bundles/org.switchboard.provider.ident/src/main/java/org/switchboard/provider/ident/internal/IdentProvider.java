package org.switchboard.provider.ident.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
import org.switchboard.posix.Lines;
import org.switchboard.posix.Sockets;
import org.switchboard.posix.UserFiles;
import org.switchboard.posix.Users;

/**
 * Tells who has the other end of a connection: one query, one answer. It takes the kernel socket, because a client that is silent
 * must not cost a thread.
 *
 * <p>Source: RFC 1413; inetd(8), FreeBSD, for the options.
 */
@Component
@ProviderName("auth")
public final class IdentProvider implements DescriptorProvider {

    /** Clients that have not got their answer; the next is cut off. */
    static final int MOST_CLIENTS = 1024;

    private static final int MOST_LOOK_UPS = 2;
    private static final int MOST_QUEUED = 256;

    private final Sockets sockets;
    private final Lines lines;
    private final Identification identification;
    private final ThreadPoolExecutor lookUps;
    private final Set<IdentClient> clients = ConcurrentHashMap.newKeySet();

    @Activate
    public IdentProvider(@Reference Sockets sockets, @Reference Lines lines, @Reference Users users, @Reference UserFiles files) {
        this.sockets = sockets;
        this.lines = lines;
        this.identification = new Identification(users, files, new ConnectionOwners(Path.of("/proc")));
        lookUps = new ThreadPoolExecutor(MOST_LOOK_UPS, MOST_LOOK_UPS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_QUEUED),
                task -> {
                    Thread thread = new Thread(task, "switchboard-ident");
                    thread.setDaemon(true);
                    return thread;
                });
        lookUps.allowCoreThreadTimeOut(true);
    }

    @Override
    public Optional<String> obstacle(ServiceEntry entry) {
        if (entry.mode() == Mode.WAIT) {
            return Optional.of("auth is served with 'nowait'");
        }
        try {
            IdentOptions.parse(entry.arguments());
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of(wrong.getMessage());
        }
    }

    @Override
    public Instance start(SocketDescriptor socket) throws IOException {
        IdentOptions options = IdentOptions.parse(socket.entry().arguments());
        if (clients.size() >= MOST_CLIENTS) {
            throw new IOException("more than " + MOST_CLIENTS + " clients wait for an answer");
        }
        IdentClient client = new IdentClient(socket, options, sockets, lines, identification, lookUps);
        clients.add(client);
        client.ended().thenRun(() -> clients.remove(client));
        client.listen();
        return client;
    }

    @Deactivate
    void endAll() {
        clients.forEach(IdentClient::end);
        lookUps.shutdownNow();
    }
}
