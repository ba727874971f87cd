package org.switchboard.dispatcher.internal.serve;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.buffer.BufferBudget;
import org.switchboard.dispatcher.internal.buffer.SessionBuffers;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.dispatcher.internal.provider.ProviderKind;
import org.switchboard.dispatcher.internal.provider.ProviderUse;
import org.switchboard.dispatcher.internal.session.LiveSession;
import org.switchboard.dispatcher.internal.session.SessionRegistry;
import org.switchboard.netty.ChannelProvider;
import org.switchboard.netty.LastAnswer;
import org.switchboard.posix.Sockets;

/**
 * Takes an accepted connection to its provider: admits, opens the session, acquires the provider, and lets it serve in the
 * way of its kind. Starts on the event loop that accepted; whatever may block moves to a worker.
 */
public final class ConnectionServer {

    /** How long a client waits for the object of its provider. */
    private static final long ACTIVATION_SECONDS = 30;
    private static final String LOOP_ENDED = "its event loop has ended; connection closed";

    private final Admission admission;
    private final SessionRegistry sessions;
    private final Workers workers;
    private final DescriptorServer descriptors;
    private final SessionStage stage;
    private final Sockets sockets;
    private final BufferBudget budget;

    public ConnectionServer(Admission admission, SessionStage stage, SessionRegistry sessions, Workers workers,
            DescriptorServer descriptors, Sockets sockets, BufferBudget budget) {
        this.admission = admission;
        this.stage = stage;
        this.sessions = sessions;
        this.workers = workers;
        this.descriptors = descriptors;
        this.sockets = sockets;
        this.budget = budget;
    }

    /**
     * Serves or refuses the connection, which is owned by this from now on.
     *
     * @return present if neither was done, the connection stays the caller's, and has to wait
     */
    public Optional<Verdict.Pause> arrived(Serving serving, EventLoop loop, AcceptedConnection accepted) {
        List<Lease> leases = new ArrayList<>(2);
        try {
            return arrived(serving, loop, accepted, leases);
        } catch (Throwable broken) {
            // Before there is a session that has them.
            Admission.release(leases);
            throw broken;
        }
    }

    private Optional<Verdict.Pause> arrived(Serving serving, EventLoop loop, AcceptedConnection accepted,
            List<Lease> leases) {
        Visitor visitor = new Visitor(serving, Optional.of(accepted.remote()), accepted.local());
        Verdict verdict = admission.check(visitor, serving.period(), leases);
        if (verdict instanceof Verdict.Admit) {
            if (stage.concerns(serving.entry())) {
                judge(serving, visitor, loop, accepted, leases);
                return Optional.empty();
            }
            LiveSession session = sessions.open(serving.entry(), serving.counters(), accepted.remote(), accepted.local(), leases);
            begin(serving, new Connection(session, loop, accepted));
            return Optional.empty();
        }
        Admission.release(leases);
        if (verdict instanceof Verdict.Pause pause) {
            return Optional.of(pause);
        }
        accepted.end();
        serving.turnAway(verdict, visitor.remoteText(), sessions);
        return Optional.empty();
    }

    /** What rules that may block say comes later, from another thread; until then nobody reads from the connection. */
    private void judge(Serving serving, Visitor visitor, EventLoop loop, AcceptedConnection accepted, List<Lease> leases) {
        PendingVisit visit = stage.visit(visitor, accepted);
        serving.counters().judgementBegins();
        stage.judge(visit, leases, loop, verdict -> {
            try {
                if (verdict instanceof Verdict.Admit) {
                    admitted(serving, visit, loop, accepted, leases);
                } else {
                    Admission.release(leases);
                    boolean decided = !(verdict instanceof Verdict.Pause);
                    if (decided || !serving.parking().isOverFor(unjudged(accepted))) {
                        accepted.end();
                        serving.turnAway(verdict, visitor.remoteText(), sessions);
                    }
                }
            } finally {
                serving.counters().judgementEnds();
            }
        });
    }

    /** Opens the session of a visit that was judged. Any thread. */
    private void admitted(Serving serving, PendingVisit visit, EventLoop loop, AcceptedConnection accepted, List<Lease> leases) {
        Optional<Serving> as = stage.serving(serving, visit);
        LiveSession session = sessions.open(as.orElse(serving).entry(), serving.counters(), visit.remote().orElseThrow(),
                visit.local(), leases);
        Connection connection = new Connection(session, loop, accepted);
        if (as.isPresent()) {
            connection.onLoop(() -> begin(as.get(), connection));
        } else {
            connection.fail("no provider '" + visit.replacement().orElse(visit.entry()).provider() + "' is there; connection closed");
        }
    }

    /** An admitted connection on its way. */
    private record Connection(LiveSession session, EventLoop loop, AcceptedConnection accepted) {
        void fault(ProviderHandle culprit, Throwable cause) {
            session.fault(culprit, cause);
            accepted.end();
        }

        void fail(String what) {
            session.fail("failed", what);
            accepted.end();
        }

        void onLoop(Runnable action) {
            try {
                loop.execute(action);
            } catch (RejectedExecutionException ended) {
                fail(LOOP_ENDED);
            }
        }
    }

    /** Whatever goes wrong here costs this session: nothing leaves the event loop. */
    private void begin(Serving serving, Connection connection) {
        connection.session.watchedBy(serving.conduct());
        try {
            connection.accepted.greet();
            Optional<ProviderUse> held = serving.handle().acquireHeld();
            if (held.isPresent()) {
                serve(serving, connection, held.get());
            } else {
                activate(serving, connection);
            }
        } catch (Throwable broken) {
            connection.fail("it could not be served: " + broken + "; connection closed");
        }
    }

    /** Event loop. */
    private void serve(Serving serving, Connection connection, ProviderUse use) {
        switch (serving.kind()) {
            case DESCRIPTOR -> errand(serving, connection, use, () -> launch(connection, use));
            case CHANNEL, STREAM -> attach(serving, connection, use);
            case DATAGRAM -> throw new IllegalStateException("a datagram provider chosen for a connection");
        }
    }

    private void errand(Serving serving, Connection connection, ProviderUse use, Runnable errand) {
        try {
            workers.errand(errand);
        } catch (RejectedExecutionException busy) {
            use.close();
            notTaken(serving, connection, "all workers are busy; connection closed");
        }
    }

    /** No worker takes the connection: there are too many, or this dispatcher is being replaced and the next one serves it. */
    private void notTaken(Serving serving, Connection connection, String reason) {
        if (!serving.parking().isOverFor(parked(connection))) {
            connection.fail(reason);
        }
    }

    private void launch(Connection connection, ProviderUse use) {
        try (use) {
            descriptors.launch(use, connection.session, connection.accepted);
        }
    }

    /**
     * Makes the provider's object, which may take as long as it likes; its client does not wait that long. When this dispatcher
     * is replaced meanwhile, the next one serves the client.
     */
    private void activate(Serving serving, Connection connection) {
        Parking parking = serving.parking();
        Parking.Parked here = parked(connection);
        if (!parking.enter(here)) {
            return;
        }
        Future<?> deadline = connection.loop.schedule(() -> {
            if (parking.exit(here)) {
                tooSlow(serving, connection);
            }
        }, ACTIVATION_SECONDS, TimeUnit.SECONDS);
        try {
            parking.activation(workers, () -> {
                Optional<ProviderUse> use = acquire(serving, connection, here);
                deadline.cancel(false);
                use.ifPresent(found -> connection.onLoop(() -> serveInTime(serving, connection, found)));
                // Nothing else gives it back where the loop has ended.
                use.filter(found -> connection.session.isOver()).ifPresent(ProviderUse::close);
            });
        } catch (RejectedExecutionException busy) {
            deadline.cancel(false);
            if (!parking.exit(here)) {
                return;
            }
            notTaken(serving, connection, "too many wait for provider " + serving.handle() + "; connection closed");
        }
    }

    /** Whether the provider is still needed: its client has not given up, and the entry was not suspended meanwhile. */
    private static boolean isStillWaiting(Serving serving, Connection connection) {
        serving.period().suspensionOfAdmitted().ifPresent(
                suspension -> connection.fail("suspended: " + suspension.reason() + "; connection closed"));
        return !connection.session.isOver();
    }

    private static void tooSlow(Serving serving, Connection connection) {
        if (!connection.session.isOver()) {
            connection.fault(serving.handle(),
                    new TimeoutException("it is not there after " + ACTIVATION_SECONDS + " s; connection closed"));
        }
    }

    private void serveInTime(Serving serving, Connection connection, ProviderUse use) {
        if (connection.session.isOver()) {
            use.close();
        } else {
            serve(serving, connection, use);
        }
    }

    /** A use of the provider; without one the connection waits for the next provider, or is closed if this one is broken. */
    private Optional<ProviderUse> acquire(Serving serving, Connection connection, Parking.Parked here) {
        Parking parking = serving.parking();
        if (!isStillWaiting(serving, connection)) {
            parking.exit(here);
            return Optional.empty();
        }
        Optional<ProviderUse> use;
        try {
            use = serving.handle().acquire();
        } catch (Throwable broken) {
            if (parking.exit(here)) {
                connection.fault(serving.handle(), broken);
            }
            return Optional.empty();
        }
        if (!parking.exit(here)) {
            use.ifPresent(ProviderUse::close);
            return Optional.empty();
        }
        if (use.isEmpty()) {
            parking.park(here, serving.handle());
        }
        return use;
    }

    /** A connection about which nothing is decided, for the next dispatcher. */
    private static Parking.Parked unjudged(AcceptedConnection accepted) {
        return new Parking.Parked() {
            @Override
            public void resume(Serving next) {
                accepted.end();
            }

            @Override
            public void giveUp(String reason) {
                accepted.end();
            }

            @Override
            public void leave(Consumer<AcceptedConnection> next) {
                next.accept(accepted);
            }
        };
    }

    /** The connection while it waits for the next provider. */
    private Parking.Parked parked(Connection connection) {
        return new Parking.Parked() {
            @Override
            public void resume(Serving next) {
                connection.onLoop(() -> begin(next, connection));
            }

            @Override
            public void giveUp(String reason) {
                connection.fail(reason);
            }

            @Override
            public void leave(Consumer<AcceptedConnection> next) {
                connection.session.finish("handed-on", "in=0 out=0");
                next.accept(connection.accepted);
            }
        };
    }

    /** Lets the provider serve: with an answer, or with a pipeline on the loop that accepted. */
    private void attach(Serving serving, Connection connection, ProviderUse use) {
        // On the loop, and so not between here and the registration: the number of the descriptor must stay ours.
        connection.session.servedBy(use, () -> connection.onLoop(connection.accepted::close));
        connection.session.runsOn(connection.loop);
        try {
            if (serving.kind() != ProviderKind.CHANNEL || !answer(connection, use.as(ChannelProvider.class))) {
                Channel channel = connection.accepted.toChannel();
                SessionBuffers buffers = budget.open(connection.session, channel);
                SessionHead head = new SessionHead(connection.session, buffers, sockets);
                // Before the handlers of the provider, so that it is there when one of them fails to be added.
                channel.pipeline().addLast(head);
                open(serving, connection.session, channel, buffers, use);
                channel.pipeline().addLast(head.new Tail());
                register(connection, channel);
            }
        } catch (IOException cut) {
            connection.accepted.close();
            connection.session.finish("reset", "in=0 out=0");
        } catch (Throwable broken) {
            // An Error, too, even for want of memory: what the session has is given back, which is what helps then.
            connection.fault(use.handle(), broken);
        }
    }

    private static boolean answer(Connection connection, ChannelProvider provider) {
        Optional<byte[]> answer = provider.answer(connection.session)
                .filter(bytes -> bytes.length <= LastAnswer.MAX_BYTES);
        answer.ifPresent(bytes -> ShortSession.serve(connection.session, connection.accepted, bytes));
        return answer.isPresent();
    }

    /** Makes the provider's handlers, or the bridge to a blocking provider, the pipeline of the connection. */
    private void open(Serving serving, LiveSession session, Channel channel, SessionBuffers buffers, ProviderUse use) {
        switch (serving.kind()) {
            case CHANNEL -> use.as(ChannelProvider.class).open(session, channel.pipeline());
            case STREAM -> StreamBridge.open(session, channel, buffers, use.as(StreamProvider.class), workers);
            default -> throw new IllegalStateException(serving.kind().toString());
        }
    }

    private static void register(Connection connection, Channel channel) {
        ChannelFuture registered = connection.loop.register(channel);
        if (registered.isDone() && !registered.isSuccess()) {
            connection.fail("cannot watch the connection: " + registered.cause());
        }
    }
}
