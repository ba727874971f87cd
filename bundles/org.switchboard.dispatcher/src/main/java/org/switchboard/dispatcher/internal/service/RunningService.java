package org.switchboard.dispatcher.internal.service;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.Suggestion;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.dispatcher.internal.admit.AdmissionPeriod;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;
import org.switchboard.dispatcher.internal.listen.HandoverListener.Outcome;
import org.switchboard.dispatcher.internal.provider.NamedBundle;
import org.switchboard.dispatcher.internal.provider.ProviderHandle;
import org.switchboard.dispatcher.internal.provider.ProviderKind;
import org.switchboard.dispatcher.internal.resolve.Multiplexed;
import org.switchboard.dispatcher.internal.resolve.ResolvedEntry;
import org.switchboard.dispatcher.internal.resolve.RpcOptions;
import org.switchboard.dispatcher.internal.serve.Parking;
import org.switchboard.dispatcher.internal.serve.Serving;
import org.switchboard.dispatcher.internal.session.Counters;
import org.switchboard.dispatcher.internal.session.LoopingStarts;

/**
 * One entry at run time. {@link #settle} brings it as far as its surroundings allow, from wherever it is, and is called again
 * whenever something changes: the entry, its provider, or time. Dispatcher thread only, except where said otherwise.
 */
public final class RunningService {

    /** What an update did. */
    public enum Change { KEPT, UPDATED, MOVED }

    /** An rpcbind that was restarted knows nothing any more. */
    private static final Duration RPC_CHECK = Duration.ofMinutes(1);

    private final Surroundings around;
    private final Counters counters;
    private final Parking parking = new Parking();
    private final Receiver receiver;
    private final FirstClient firstClient;
    private final Obstacles obstacles;
    private final Endpoints endpoints;

    private volatile ResolvedEntry resolved; // read by any thread, as are the next four
    private volatile Optional<Serving> serving = Optional.empty();
    private volatile Status status = Status.of(EntryState.WAITING, "starting");
    private volatile boolean turningAway;
    private volatile boolean left;

    private final Suspension suspension;
    private boolean closed;
    private boolean reporting;
    private final Alarm retry;
    private final Alarm endOfWait;

    public RunningService(Surroundings around, ResolvedEntry resolved) {
        this.around = around;
        this.resolved = resolved;
        this.counters = new Counters(new LoopingStarts(around.settings().loopingStarts(), around.clock(),
                what -> around.log().warn("{}: {}", resolved.entry().id(), what)));
        this.retry = new Alarm(around.dispatcher());
        this.endOfWait = new Alarm(around.dispatcher());
        this.suspension = new Suspension(around.suspended(), resolved.entry(),
                () -> new FaultBrake(around.settings().faultLimit(), around.clock()), around.admission()::forget, this::suspendedIn);
        this.receiver = new Receiver(around, () -> serving, () -> closed || suspension.isInForce(), counters.waiting(), this::install);
        this.firstClient = new FirstClient(around);
        this.endpoints = new Endpoints(around, resolved.entry().id());
        this.obstacles = new Obstacles(around.workers(), around.settings().obstacleCheck());
    }

    /** The entry as it is now. Any thread. */
    public ServiceEntry entry() {
        return resolved.entry();
    }

    public Status status() {
        return status;
    }

    /** Everything about the entry, as it is now. Any thread. */
    public ServiceDTO describe() {
        Status now = endpoints.isLost() ? Status.LOST : status;
        return ServiceDescription.of(resolved, now, counters, endpoints.describe(),
                around.admission().withoutEffect(entry()), around.admission().findings(entry()));
    }

    /** Whether it takes connections that come through another entry. Any thread. */
    public boolean isThroughOthers() {
        return reach().takesConnections();
    }

    /** What such a connection may expect now. Any thread. */
    public Reach reach() {
        if (!Multiplexed.is(entry())) {
            return Reach.NONE;
        }
        // In this order: an entry is marked as left before it loses its provider.
        Status now = status;
        boolean serves = serving.isPresent();
        return Reach.of(now.state(), serves, left, turningAway);
    }

    /** Whether the next dispatcher serves the clients that come now, or lets them wait for the provider. Any thread. */
    public boolean isLeft() {
        return left && !turningAway;
    }

    /** Keeps such a connection, which is owned by this from now on, for the next dispatcher. Any thread. */
    public void keepForNext(AcceptedConnection connection) {
        receiver.keepForNext(connection);
    }

    /** Takes such a connection, which is owned by this from now on. On that event loop. */
    public void handedOn(EventLoop loop, AcceptedConnection connection) {
        receiver.handedOn(loop, connection);
    }

    /**
     * Takes over a new version of the entry and closes the sockets that it no longer wants. Only {@link #settle} opens those
     * that it wants now and serves as it says, when every other entry has given up what is not its own any more: until then
     * the former version and its provider belong together.
     */
    public Change update(ResolvedEntry next) {
        ResolvedEntry before = resolved;
        boolean unchanged = next.saysTheSameAs(before);
        resolved = next;
        if (suspension.liftVerdict()) {
            retry.cancel();
        }
        if (!unchanged) {
            suspension.changed();
        }
        boolean moved = endpoints.keep(next.sockets());
        return unchanged ? Change.KEPT : moved ? Change.MOVED : Change.UPDATED;
    }

    /** As {@link #settle}, for somebody who reports what came of it; nothing is logged twice. */
    public void settleForReport() {
        reporting = true;
        try {
            settle();
        } finally {
            reporting = false;
        }
    }

    /** Goes as far as possible now. Whatever fails in this is the trouble of this entry, and tried again. */
    public void settle() {
        try {
            advance();
        } catch (Throwable broken) {
            around.log().error("{} could not be brought up to date", entry().id(), broken);
            reach(Status.of(EntryState.FAILED, "the server failed: " + broken));
        }
    }

    private void advance() {
        retry.cancel();
        if (closed) {
            return;
        }
        if (resolved.disabled()) {
            closePorts();
            become(Status.of(EntryState.DISABLED, "disabled by " + entry().origin()));
            return;
        }
        Optional<Status> suspended = suspension.status();
        if (suspended.isPresent()) {
            closeUntilResumed(suspended.get());
            return;
        }
        if (firstClient.isInstalling()) {
            return;
        }
        if (resolved.failure().isPresent()) {
            standDown(Status.of(EntryState.FAILED, resolved.failure().get()));
            return;
        }
        Optional<String> unowned = around.admission().unowned(entry());
        if (unowned.isPresent()) {
            await("an owner of option '" + unowned.get() + "'" + Suggestion.text(unowned.get(), around.admission().options()));
            return;
        }
        Optional<ProviderHandle> handle = provider();
        if (handle.isEmpty()) {
            NamedBundle.of(entry()).filter(bundle -> !around.directory().isInstalled(bundle))
                    .ifPresentOrElse(this::awaitFirstClient, () -> await("provider '" + providerName() + "'" + otherProviders()));
            return;
        }
        ProviderKind kind = handle.get().kindFor(entry()).orElseThrow();
        Obstacles.Answer answer = obstacles.find(handle.get(), kind, entry(), this::settleSoon);
        if (!answer.there()) {
            await("provider '" + providerName() + "': " + answer.obstacle().orElseThrow());
            retryLater();
            return;
        }
        if (answer.obstacle().isPresent()) {
            standDown(Status.of(EntryState.FAILED, answer.obstacle().get()));
            return;
        }
        serve(handle.get(), kind);
    }

    /** What was waited for is there. Any thread. */
    private void settleSoon() {
        try {
            around.dispatcher().execute(this::providersChanged);
        } catch (RejectedExecutionException over) {
            // The next dispatcher asks anew.
            return;
        }
    }

    private Optional<ProviderHandle> provider() {
        return around.directory().find(providerName(), entry());
    }

    private String providerName() {
        String name = entry().provider();
        return around.directory().knows(name) ? name : around.resolver().officialProvider(entry());
    }

    private Serving serving(ProviderHandle handle, ProviderKind kind) {
        return new Serving(entry(), handle, kind, counters, parking, suspension.period(), suspension.conduct());
    }

    private void serve(ProviderHandle handle, ProviderKind kind) {
        endOfWait.cancel();
        turningAway = false;
        suspension.begin(entry(), serving.filter(before -> before.handle().equals(handle)).isEmpty());
        Serving now = serving(handle, kind);
        endpoints.open().forEach(endpoint -> endpoint.stopUnless(Endpoint.style(now)));
        serving = Optional.of(now);
        counters.waiting().askAgain();
        Status reached = listen(Endpoint.style(now));
        Optional<RpcOptions> program = reached.isTrouble() ? Optional.empty() : around.resolver().rpc(entry());
        if (program.isPresent()) {
            reached = endpoints.announce(program.get());
        }
        parking.resumeAll(now);
        receiver.takeOver(entry().id());
        reach(Multiplexed.is(entry()) ? Status.THROUGH_OTHERS : reached);
        if (!reached.isTrouble() && program.isPresent()) {
            retry.set(RPC_CHECK, this::settle);
        }
    }

    private Status listen(Endpoint.Style style) {
        return endpoints.listen(resolved.sockets(), style, receiver, this::settle);
    }

    private void reach(Status reached) {
        become(reached);
        if (reached.isTrouble()) {
            retryLater();
        }
        if (reached.state() == EntryState.HELD) {
            around.returned().await(this);
        }
    }

    /** The port is open, and what comes stays in the queue of the kernel until somebody is there to serve it. */
    private void awaitFirstClient(NamedBundle bundle) {
        Optional<String> obstacle = bundle.obstacle();
        serving = Optional.empty();
        if (obstacle.isPresent()) {
            standDown(Status.of(EntryState.FAILED, obstacle.get()));
        } else if (Multiplexed.is(entry())) {
            install();
        } else {
            Status reached = listen(Endpoint.Style.HANDOVER);
            reach(reached.isTrouble() ? reached : Status.NOT_INSTALLED);
        }
    }

    private CompletionStage<Outcome> install() {
        return NamedBundle.of(entry()).map(bundle -> firstClient.install(bundle, failure ->
                        failure.ifPresentOrElse(why -> standDown(Status.of(EntryState.FAILED, why)), this::settle)))
                .orElseGet(() -> CompletableFuture.completedFuture(Outcome.NOT_TAKEN));
    }

    private String otherProviders() {
        return Suggestion.text(providerName(), around.directory().all().stream().map(ProviderHandle::name).toList());
    }

    /**
     * Open ports stay open: clients wait in the kernel's queue, and are turned away when they have waited long enough.
     *
     * @param what is not there, in words
     */
    private void await(String what) {
        if (!turningAway) {
            endpoints.pause();
            if ((!endpoints.open().isEmpty() || Multiplexed.is(entry())) && !endOfWait.isSet()) {
                endOfWait.set(around.settings().providerWait(), this::turnAway);
            }
        }
        become(Status.of(EntryState.WAITING, "waiting for " + what));
    }

    /** An event loop has ended; if it was that of our ports, they get another. */
    public void loopEnded() {
        counters.waiting().askAgain();
        if (!closed && endpoints.isLost()) {
            if (turningAway) {
                endpoints.turnAway(receiver, this::settle);
            } else {
                settle();
            }
        }
    }

    private void turnAway() {
        if (closed || status.state() != EntryState.WAITING) {
            return;
        }
        turningAway = true;
        serving = Optional.empty();
        counters.waiting().askAgain();
        parking.giveUpAll(status.reason() + ", too long; connection closed");
        endpoints.turnAway(receiver, this::settle);
        around.settling().changed();
    }

    /** The entry cannot run: its ports close, so that clients see it and others may have them. */
    private void standDown(Status reason) {
        closePorts();
        become(reason);
        retryLater();
    }

    /** Clients that were told to wait are closed as those in the kernel's queue are. */
    private void closePorts() {
        endpoints.close();
        counters.waiting().clear();
    }

    private void retryLater() {
        retry.set(around.settings().retry(), this::resolveAgain);
    }

    /**
     * What failed may have been a look-up, so everything is looked up again, off this thread.
     *
     * @return completes when the entry is as far as it gets
     */
    private CompletionStage<?> resolveAgain() {
        ServiceEntry tried = entry();
        try {
            return CompletableFuture.supplyAsync(() -> around.resolver().resolve(tried), around.workers()::errand)
                    .thenAcceptAsync(again -> settleAs(tried, again), around.dispatcher())
                    .exceptionally(this::cannotTry);
        } catch (RejectedExecutionException busy) {
            settle();
            retryLater();
            return CompletableFuture.completedFuture(Boolean.FALSE);
        }
    }

    private void settleAs(ServiceEntry tried, ResolvedEntry again) {
        if (!closed && entry().equals(tried)) {
            resolved = again;
            endpoints.keep(again.sockets());
            settle();
        }
    }

    private Void cannotTry(Throwable failure) {
        if (!around.dispatcher().isShutdown()) {
            around.log().error("{}: cannot be tried again", entry().id(), failure);
        }
        throw new CompletionException(failure);
    }

    /** A provider came or went; the one that serves may not be the right one any more. */
    public void providersChanged() {
        Optional<ProviderHandle> best = provider();
        boolean right = best.isPresent() && best.equals(serving.map(Serving::handle));
        if (!right || status.state() == EntryState.WAITING) {
            settle();
        }
    }

    /** A rule came or went; what could be judged before cannot be now, or the other way round. */
    public void rulesChanged() {
        if (status.state() == EntryState.WAITING || around.admission().unowned(entry()).isPresent()) {
            settle();
        }
    }

    /** A verdict has suspended the entry in that period: nobody is admitted any more, and the ports follow. Any thread. */
    private void suspendedIn(AdmissionPeriod period) {
        around.dispatcher().execute(() -> {
            if (!closed && suspension.concerns(period)) {
                settle();
            }
        });
    }

    /** Admits nobody from now on until {@link #resume}; {@link #suspend} closes the ports. Any thread. */
    public void admitNobody() {
        suspension.decideByOperator();
    }

    /**
     * Closes the ports until {@link #resume}.
     *
     * @return completes when they are closed
     */
    public CompletionStage<?> suspend() {
        suspension.byOperator();
        settle();
        return CompletableFuture.completedFuture(Boolean.TRUE);
    }

    /**
     * Clients in the queue see the end of their connection, and not a reset; and none is left for whom the program starts
     * again. Clients that a limit has admitted before it suspended the entry are served, if they wait for a provider, and it
     * is there.
     */
    private void closeUntilResumed(Status suspended) {
        counters.countRefusals(endpoints.turnAwayQueued());
        closePorts();
        if (suspension.concernsAdmitted()) {
            parking.giveUpAll("suspended: " + suspended.reason() + "; connection closed");
        } else {
            provider().ifPresent(handle -> parking.resumeAll(serving(handle, handle.kindFor(entry()).orElseThrow())));
        }
        become(suspended);
        if (suspended.resumesAt().isBefore(Instant.MAX)) {
            retry.set(Duration.between(around.clock().instant(), suspended.resumesAt()), this::resume);
        }
    }

    /**
     * Ends a suspension, and tries again at once in any case.
     *
     * @return completes when the entry is as far as it gets
     */
    public CompletionStage<?> resume() {
        suspension.lift();
        retry.cancel();
        return resolveAgain();
    }

    /** Ends, and leaves the open ports to the next dispatcher, with the clients that wait; sessions go on. */
    public void handOn(Duration atMost) {
        endpoints.handOn(atMost);
        parking.leave(receiver.leave(entry().id(), atMost));
        left = true;
        end();
    }

    /** Closes everything for good; sessions go on. */
    public void close() {
        suspension.lift();
        parking.close("the service was removed; connection closed");
        end();
    }

    private void end() {
        closed = true;
        serving = Optional.empty();
        retry.cancel();
        endOfWait.cancel();
        around.returned().forget(this);
        closePorts();
        around.admission().forget(entry());
    }

    private void become(Status next) {
        if (!next.equals(status)) {
            next.log(entry().id(), reporting, around.log());
        }
        status = next;
        if (Multiplexed.is(entry())) {
            around.settling().changed();
        }
    }
}
