package org.switchboard.dispatcher.internal.mux;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.Switchyard;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;
import org.switchboard.dispatcher.internal.listen.Loops;
import org.switchboard.dispatcher.internal.service.Reach;
import org.switchboard.dispatcher.internal.service.RunningService;
import org.switchboard.dispatcher.internal.service.Settling;
import org.switchboard.dispatcher.internal.table.Reconciler;
import org.switchboard.posix.Sockets;

/** Makes an accepted connection an arrival of another entry. */
public final class Junction implements Switchyard {

    private static final long PATIENCE_SECONDS = 60;

    private final Reconciler reconciler;
    private final Settling settling;
    private final Loops loops;
    private final Sockets sockets;

    public Junction(Reconciler reconciler, Settling settling, Loops loops, Sockets sockets) {
        this.reconciler = reconciler;
        this.settling = settling;
        this.loops = loops;
        this.sockets = sockets;
    }

    @Override
    public List<ServiceEntry> entries() {
        return reconciler.reachable().values().stream().filter(RunningService::isThroughOthers).map(RunningService::entry)
                .toList();
    }

    @Override
    public CompletionStage<Optional<ServiceEntry>> find(Predicate<ServiceEntry> wanted) {
        CompletableFuture<Optional<ServiceEntry>> found = look(wanted).toCompletableFuture();
        return found.isDone() ? found : found.completeOnTimeout(Optional.empty(), PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private CompletionStage<Optional<ServiceEntry>> look(Predicate<ServiceEntry> wanted) {
        // Asked for before looking: what changes after that is not missed.
        CompletionStage<Boolean> change = settling.next();
        boolean isComing = settling.isUnderWay();
        for (RunningService service : reconciler.reachable().values()) {
            // Asked once: between two questions the entry may have come to be ready.
            Reach reach = service.reach();
            if (reach != Reach.NONE && wanted.test(service.entry())) {
                if (reach == Reach.READY) {
                    return CompletableFuture.completedFuture(Optional.of(service.entry()));
                }
                isComing |= reach.isComing();
            }
        }
        return isComing ? change.thenCompose(changed -> look(wanted)) : CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public boolean pass(ServiceEntry entry, int fd, byte[] greeting) throws IOException {
        RunningService service = reconciler.reachable().get(entry.id());
        if (service == null || !service.isThroughOthers()) {
            return false;
        }
        AcceptedConnection connection = duplicate(fd);
        connection.greetWith(greeting);
        if (service.isLeft()) {
            // The event loops may have ended already.
            service.keepForNext(connection);
            return true;
        }
        EventLoop loop = loops.next();
        loop.execute(() -> service.handedOn(loop, connection));
        return true;
    }

    private AcceptedConnection duplicate(int fd) throws IOException {
        int own = sockets.duplicate(fd);
        try {
            sockets.setBlocking(own, false);
            return new AcceptedConnection(own, sockets.remoteAddress(own).orElseThrow(() -> new IOException("the client is gone")),
                    sockets.localAddress(own), sockets);
        } catch (IOException broken) {
            sockets.close(own);
            throw broken;
        }
    }
}
