package org.switchboard.dispatcher.internal.serve;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.DescriptorProvider;
import org.switchboard.api.provider.Ending;
import org.switchboard.api.provider.Instance;
import org.switchboard.api.provider.SocketDescriptor;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;
import org.switchboard.dispatcher.internal.listen.HandoverListener.Outcome;
import org.switchboard.dispatcher.internal.listen.OpenSocket;
import org.switchboard.dispatcher.internal.provider.ProviderUse;
import org.switchboard.dispatcher.internal.session.Addresses;
import org.switchboard.dispatcher.internal.session.LiveSession;
import org.switchboard.dispatcher.internal.session.LoopingStarts;
import org.switchboard.dispatcher.internal.session.SessionRegistry;
import org.switchboard.posix.DatagramSockets;
import org.switchboard.posix.DatagramSockets.First;
import org.switchboard.posix.SocketQueues;
import org.switchboard.posix.SocketQueues.Look;
import org.switchboard.posix.Sockets;

/** Gives kernel sockets to descriptor providers: accepted connections one by one, or the socket of an entry as a whole. */
public final class DescriptorServer {

    private final Admission admission;
    private final SessionRegistry sessions;
    private final Sockets sockets;
    private final Workers workers;
    private final SessionStage stage;
    private final DatagramSockets datagrams;
    private final SocketQueues queues;
    private final ScheduledExecutorService dispatcher;

    public DescriptorServer(Admission admission, SessionStage stage, SessionRegistry sessions, Sockets sockets,
            DatagramSockets datagrams, SocketQueues queues, Workers workers, ScheduledExecutorService dispatcher) {
        this.admission = admission;
        this.stage = stage;
        this.sessions = sessions;
        this.sockets = sockets;
        this.datagrams = datagrams;
        this.queues = queues;
        this.workers = workers;
        this.dispatcher = dispatcher;
    }

    record Handed(int fd, long session, ServiceEntry entry, Optional<SocketAddress> local,
            Optional<SocketAddress> remote) implements SocketDescriptor {
    }

    /** Starts an instance on an accepted connection, whose own descriptor is closed before this returns. Worker thread. */
    void launch(ProviderUse use, LiveSession session, AcceptedConnection connection) {
        boolean started = false;
        try {
            // Accepting made it non-blocking: a program gets the socket as accept(2) makes it.
            sockets.setBlocking(connection.fd(), true);
            Instance instance = use.as(DescriptorProvider.class).start(new Handed(connection.fd(), session.number(), session.entry(),
                    Optional.of(session.local()), Optional.of(session.remote())));
            started = true;
            follow(instance, session);
        } catch (IOException failed) {
            session.fail("failed", failed.getMessage() + "; connection closed");
        } catch (Throwable broken) {
            session.fault(use.handle(), broken);
        } finally {
            if (started) {
                connection.close();
            } else {
                connection.end();
            }
        }
    }

    /**
     * To be called before a socket is watched that is offered later: from then on the kernel notes when each datagram
     * arrives.
     */
    public void prepare(OpenSocket socket) {
        queues.look(socket.fd());
    }

    /**
     * Offers the whole socket of an entry to its provider. Dispatcher thread.
     *
     * @return completes when the socket is free again
     */
    public CompletionStage<Outcome> handOver(Serving serving, OpenSocket socket) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        // Who sent the first datagram is seen without taking it; whoever else sends to the program while it has the
        // socket, is not.
        Optional<SocketAddress> sender = socket.hasInternetDatagrams()
                ? datagrams.first(socket.fd()).map(First::sender) : Optional.empty();
        if (sender.isEmpty() && socket.hasInternetDatagrams()) {
            outcome.complete(Outcome.NOT_TAKEN);
            return outcome;
        }
        List<Lease> leases = new ArrayList<>(2);
        Visitor visitor = new Visitor(serving, sender, socket.local());
        Verdict verdict = admission.check(visitor, serving.period(), leases);
        if (!(verdict instanceof Verdict.Admit)) {
            Admission.release(leases);
            outcome.complete(verdict instanceof Verdict.Pause ? Outcome.NOT_YET : refuse(serving, verdict, visitor, socket));
            return outcome;
        }
        if (stage.concerns(serving.entry()) && socket.hasInternetDatagrams()) {
            judge(serving, visitor, socket, leases, outcome);
        } else {
            begin(serving, socket, leases, outcome);
        }
        return outcome;
    }

    private void judge(Serving serving, Visitor visitor, OpenSocket socket, List<Lease> leases,
            CompletableFuture<Outcome> outcome) {
        PendingVisit visit = stage.visit(visitor);
        serving.counters().judgementBegins();
        stage.judge(visit, leases, dispatcher, said -> dispatcher.execute(() -> {
            Verdict verdict = visit.inForce(said);
            Optional<Serving> as = stage.serving(serving, visit);
            if (verdict instanceof Verdict.Admit && as.isPresent() && socket.isOpen()) {
                begin(as.get(), socket, leases, outcome);
            } else {
                Admission.release(leases);
                Verdict refusal = verdict instanceof Verdict.Admit ? Verdict.refuse(SessionStage.NO_PROVIDER) : verdict;
                outcome.complete(socket.isOpen() ? refuse(serving, refusal, visitor, socket) : Outcome.NOT_TAKEN);
            }
            serving.counters().judgementEnds();
        }));
    }

    private void begin(Serving serving, OpenSocket socket, List<Lease> leases, CompletableFuture<Outcome> outcome) {
        LiveSession session = sessions.open(serving.entry(), serving.counters(), Addresses.standard(null), socket.local(),
                leases);
        session.watchedBy(serving.conduct());
        try {
            workers.errand(() -> handOver(serving, socket, session, outcome));
        } catch (RejectedExecutionException busy) {
            session.fail("failed", "all workers are busy; trying again");
            outcome.complete(Outcome.NOT_TAKEN);
        }
    }

    /** The first in the queue is turned away; if the port closes, the others are turned away then. */
    private Outcome refuse(Serving serving, Verdict verdict, Visitor visitor, OpenSocket socket) {
        if (!(verdict instanceof Verdict.Pause)) {
            sockets.turnAway(socket.fd());
        }
        serving.turnAway(verdict, visitor.remoteText(), sessions);
        return verdict instanceof Verdict.Refuse ? Outcome.REFUSED : Outcome.NOT_TAKEN;
    }

    private void handOver(Serving serving, OpenSocket socket, LiveSession session, CompletableFuture<Outcome> outcome) {
        try (ProviderUse use = serving.handle().acquire().orElseThrow(() -> new IOException("the provider is gone"))) {
            socket.setBlocking(true);
            Look before = queues.look(socket.fd());
            Instance instance = use.as(DescriptorProvider.class).start(new Handed(socket.fd(), session.number(),
                    serving.entry(), Optional.of(socket.local()), Optional.empty()));
            follow(instance, session);
            instance.ended().thenAccept(ending -> ended(serving, socket, before, ending, outcome));
        } catch (IOException failed) {
            session.fail("failed", failed.getMessage() + "; trying again");
            outcome.complete(Outcome.NOT_TAKEN);
            serving.counters().looping().notStarted(socket.toString()).ifPresent(serving.period()::suspend);
        } catch (Throwable broken) {
            session.fault(serving.handle(), broken);
            outcome.complete(Outcome.NOT_TAKEN);
        }
    }

    /** The socket is free again before the entry is suspended, since its port closes then. */
    private void ended(Serving serving, OpenSocket socket, Look before, Ending ending,
            CompletableFuture<Outcome> outcome) {
        if (!socket.isOpen()) {
            // The next dispatcher has the socket, and waits for this. No class of this one can be loaded any more.
            outcome.complete(Outcome.ENDED);
            return;
        }
        LoopingStarts looping = serving.counters().looping();
        if (!ending.started()) {
            outcome.complete(Outcome.NOT_TAKEN);
            looping.notStarted(socket.toString()).ifPresent(serving.period()::suspend);
            return;
        }
        switch (queues.look(socket.fd()).takenSince(before)) {
            case SOMETHING -> {
                looping.tookSomething(socket.toString());
                outcome.complete(Outcome.TOOK_SOMETHING);
            }
            case NOTHING -> {
                outcome.complete(Outcome.TOOK_NOTHING);
                looping.tookNothing(socket.toString()).ifPresent(serving.period()::suspend);
            }
            case UNKNOWN -> outcome.complete(Outcome.ENDED);
        }
    }

    static void follow(Instance instance, LiveSession session) {
        session.servedOutside(instance::description, instance::end, instance::kill);
        instance.ended().thenAccept(ending -> close(session, ending));
    }

    private static void close(LiveSession session, Ending ending) {
        if (ending.started()) {
            session.finish(ending.outcome(), ending.detail());
        } else {
            session.fail("failed", ending.outcome());
        }
    }
}
