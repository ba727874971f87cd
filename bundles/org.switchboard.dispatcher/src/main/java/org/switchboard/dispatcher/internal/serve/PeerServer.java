package org.switchboard.dispatcher.internal.serve;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.service.log.Logger;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.provider.DescriptorProvider;
import org.switchboard.api.provider.Instance;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.listen.OpenSocket;
import org.switchboard.dispatcher.internal.provider.ProviderUse;
import org.switchboard.dispatcher.internal.session.LiveSession;
import org.switchboard.dispatcher.internal.session.SessionRegistry;
import org.switchboard.posix.DatagramSockets;
import org.switchboard.posix.DatagramSockets.First;
import org.switchboard.posix.Sockets;

/** Gives each peer of a datagram port a program of its own, on a socket that is connected to it. Dispatcher thread. */
public final class PeerServer implements AutoCloseable {

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Admission admission;
    private final SessionStage stage;
    private final SessionRegistry sessions;
    private final Workers workers;
    private final Sockets sockets;
    private final DatagramSockets datagrams;
    private final ScheduledExecutorService dispatcher;
    private final Logger log;
    private final Set<PeerSocket> handedOut = ConcurrentHashMap.newKeySet();

    public PeerServer(Admission admission, SessionStage stage, SessionRegistry sessions, Workers workers, Sockets sockets,
            DatagramSockets datagrams, ScheduledExecutorService dispatcher, Logger log) {
        this.admission = admission;
        this.stage = stage;
        this.sessions = sessions;
        this.workers = workers;
        this.sockets = sockets;
        this.datagrams = datagrams;
        this.dispatcher = dispatcher;
        this.log = log;
    }

    /** What came of a look at a queue: the rules want its first peer to wait, or one should look again after that time. */
    public record Look(Optional<Verdict.Pause> pause, Duration delay) {
        private static final Look AGAIN = new Look(Optional.empty(), Duration.ZERO);
        private static final Look LATER = new Look(Optional.empty(), AFTER_FAILURE);
    }

    /**
     * Looks at the queue of a port: refuses the first datagram, or sends the socket to a program.
     *
     * @param serving who serves at any later moment; empty once the entry is closed
     * @param whenReturned run when the last program that has the socket ends
     */
    public Look look(Supplier<Optional<Serving>> serving, OpenSocket socket, Runnable whenReturned) {
        Optional<Serving> now = serving.get();
        Optional<SocketAddress> peer = datagrams.first(socket.fd()).map(First::sender);
        if (now.isEmpty() || peer.isEmpty()) {
            return Look.LATER;
        }
        List<Lease> leases = new ArrayList<>(2);
        Verdict verdict = admission.check(new Visitor(now.get(), peer, socket.local()), now.get().period(), leases);
        if (verdict instanceof Verdict.Pause pause) {
            Admission.release(leases);
            return new Look(Optional.of(pause), Duration.ZERO);
        }
        if (!(verdict instanceof Verdict.Admit)) {
            Admission.release(leases);
            sockets.turnAway(socket.fd());
            now.get().turnAway(verdict, new Visitor(now.get(), peer, socket.local()).remoteText(), sessions);
            return Look.AGAIN;
        }
        try {
            int fd = socket.giveUpFor(datagrams);
            PeerSocket handed = new PeerSocket(this, fd, socket.local(), serving, whenReturned);
            handedOut.add(handed);
            handed.begin(now.get(), peer.get(), leases);
            return Look.AGAIN;
        } catch (IOException failed) {
            Admission.release(leases);
            now.get().counters().unopened().next().ifPresent(end ->
                    log.warn("{}: cannot open another socket on {}: {}; trying again{}",
                    now.get().entry().id(), socket, failed.getMessage(), end));
            return Look.LATER;
        }
    }

    DatagramSockets datagrams() {
        return datagrams;
    }

    Sockets sockets() {
        return sockets;
    }

    Admission admission() {
        return admission;
    }

    SessionRegistry sessions() {
        return sessions;
    }

    ScheduledExecutorService dispatcher() {
        return dispatcher;
    }

    Logger log() {
        return log;
    }

    void returned(PeerSocket socket) {
        handedOut.remove(socket);
    }

    /**
     * Asks the rules that may block, if there are any for this entry.
     *
     * @param then gets the verdict, and who serves if it is an admission, on the dispatcher thread
     */
    void judge(Serving serving, Visitor visitor, List<Lease> leases, BiConsumer<Verdict, Serving> then) {
        if (!stage.concerns(serving.entry())) {
            then.accept(Verdict.admit(), serving);
            return;
        }
        PendingVisit visit = stage.visit(visitor);
        serving.counters().judgementBegins();
        stage.judge(visit, leases, dispatcher, verdict -> dispatcher.execute(() -> {
            stage.serving(serving, visit).ifPresentOrElse(as -> then.accept(visit.inForce(verdict), as),
                    () -> then.accept(Verdict.refuse(SessionStage.NO_PROVIDER), serving));
            serving.counters().judgementEnds();
        }));
    }

    /**
     * Starts an instance on the socket.
     *
     * @param ended told on the dispatcher thread when it has ended: whether it had been started at all
     */
    void launch(Serving serving, LiveSession session, int fd, Consumer<Boolean> ended) {
        session.watchedBy(serving.conduct());
        try {
            workers.errand(() -> {
                try (ProviderUse use = serving.handle().acquire().orElseThrow(() -> new IOException("the provider is gone"))) {
                    sockets.setBlocking(fd, true);
                    Instance instance = use.as(DescriptorProvider.class).start(new DescriptorServer.Handed(fd, session.number(),
                            session.entry(), Optional.of(session.local()), Optional.of(session.remote())));
                    DescriptorServer.follow(instance, session);
                    instance.ended().thenAccept(ending -> tell(ended, ending.started()));
                } catch (IOException failed) {
                    session.fail("failed", failed.getMessage() + "; datagram dropped");
                    tell(ended, false);
                } catch (Throwable broken) {
                    session.fault(serving.handle(), broken);
                    tell(ended, false);
                }
            });
        } catch (RejectedExecutionException busy) {
            session.fail("failed", "all workers are busy; datagram dropped");
            tell(ended, false);
        }
    }

    private void tell(Consumer<Boolean> ended, boolean started) {
        try {
            dispatcher.execute(() -> ended.accept(started));
        } catch (RejectedExecutionException stopping) {
            // The server ends, and has closed its end of the socket.
            return;
        }
    }

    /** Closes our end of the sockets that programs have; they go on. */
    @Override
    public void close() {
        handedOut.forEach(PeerSocket::close);
    }
}
