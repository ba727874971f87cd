package org.switchboard.dispatcher.internal.service;

import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.switchboard.api.entry.SocketType;
import org.switchboard.api.ports.PortClaim;
import org.switchboard.api.ports.PortClaimedException;
import org.switchboard.api.ports.PortHolder;
import org.switchboard.api.ports.Reservation;
import org.switchboard.api.runtime.EntryState;
import org.switchboard.api.runtime.ListenerDTO;
import org.switchboard.dispatcher.internal.listen.ConnectionListener;
import org.switchboard.dispatcher.internal.listen.DatagramListener;
import org.switchboard.dispatcher.internal.listen.HandoverListener;
import org.switchboard.dispatcher.internal.listen.Listener;
import org.switchboard.dispatcher.internal.listen.LoopListener;
import org.switchboard.dispatcher.internal.listen.OpenSocket;
import org.switchboard.dispatcher.internal.listen.PeerListener;
import org.switchboard.dispatcher.internal.resolve.PlannedSocket;
import org.switchboard.dispatcher.internal.serve.Serving;
import org.switchboard.dispatcher.internal.serve.TaskQueue;
import org.switchboard.posix.AddressInUseException;
import org.switchboard.posix.SocketSpec;

/**
 * One socket that an entry wants, with whoever listens on it now. Its port stays reserved while somebody else has it open, so
 * that nobody else in this server takes it meanwhile. Dispatcher thread only, but for {@link #describe}.
 */
final class Endpoint {

    /** In which way a socket is listened on. */
    enum Style { CONNECTIONS, DATAGRAMS, HANDOVER, PEERS }

    /** How many of a queue are turned away before a port closes, while more may arrive. */
    private static final int MOST_TURNED_AWAY = 4096;
    private static final CompletionStage<?> FREE = CompletableFuture.completedFuture(Boolean.TRUE);
    /** Who holds a port is found by looking at every process, which may be many. */
    private static final Duration HOLDER_GOOD_FOR = Duration.ofMinutes(1);

    private final Surroundings around;
    private final String owner;
    private PlannedSocket plan;
    private Optional<Reservation> reservation = Optional.empty();
    private volatile Optional<OpenSocket> socket = Optional.empty();
    private volatile Optional<Listener> listener = Optional.empty();
    private Style style = Style.CONNECTIONS;
    private Optional<PortHolder> holder = Optional.empty();
    private Instant holderSought = Instant.EPOCH;

    /** @param owner the id of the entry */
    Endpoint(Surroundings around, String owner, PlannedSocket plan) {
        this.around = around;
        this.owner = owner;
        this.plan = plan;
    }

    /** Reserves the port, if there is one, and opens the socket, as far as that is not done. */
    Status open() {
        if (isOpen()) {
            return Status.LISTENING;
        }
        Status reached;
        try {
            if (reservation.isEmpty() && plan.claim().isPresent()) {
                reservation = Optional.of(around.ports().reserve(plan.claim().get()));
            }
            socket = around.gate().open(() -> OpenSocket.open(around.sockets(), around.held(), owner, plan.spec()));
            reached = socket.isPresent() ? Status.LISTENING : Status.NEXT_DISPATCHER;
        } catch (PortClaimedException claimed) {
            return Status.of(EntryState.FAILED, claimed.getMessage());
        } catch (AddressInUseException inUse) {
            reached = Status.of(EntryState.HELD, heldBy(inUse));
        } catch (IOException failed) {
            reached = Status.of(EntryState.FAILED, failed.getMessage());
        }
        String state = reached.state() == EntryState.LISTENING ? "listening" : reached.state().toString();
        reservation.ifPresent(held -> held.state(state));
        return reached;
    }

    boolean isOpen() {
        return socket.isPresent();
    }

    private String heldBy(AddressInUseException inUse) {
        if (plan.claim().isEmpty()) {
            return inUse.getMessage();
        }
        Instant now = around.clock().instant();
        boolean ours = holder.isPresent() && holder.get().pid() == ProcessHandle.current().pid();
        if (holder.isEmpty() || ours || Duration.between(holderSought, now).compareTo(HOLDER_GOOD_FOR) > 0) {
            holder = around.ports().holder(plan.claim().get());
            holderSought = now;
        }
        return "port " + plan.claim().get().portText() + " is in use"
                + holder.map(found -> " by " + found.description()).orElse("") + place();
    }

    /** Of several addresses of an entry one may be in use and the others not. */
    private String place() {
        String address = plan.claim().map(PortClaim::address).orElse("");
        return address.isEmpty() ? "" : ", at " + address;
    }

    /** Whether this socket is what that plan asks for; if so, it takes over the plan. */
    boolean serves(PlannedSocket wanted) {
        if (!plan.isSameSocket(wanted)) {
            return false;
        }
        plan = wanted;
        return true;
    }

    /**
     * Listens, in that style, and stops listening in another.
     *
     * @return false if a program has the socket and must end first; {@code whenFree} is called when it has
     */
    boolean listen(Style wanted, Receiver receiver, Runnable whenFree) throws IOException {
        takeBackFromProgram(receiver);
        if (isLost()) {
            stopListening();
        }
        if (listener.isPresent() && style != wanted) {
            if (listener.get() instanceof HandoverListener handover && handover.retire(whenFree)) {
                return false;
            }
            stopListening();
        }
        if (listener.isEmpty()) {
            listener = Optional.of(listener(wanted, receiver));
            style = wanted;
        }
        listener.get().resume();
        return true;
    }

    /** Whether nobody listens because an event loop has ended. Any thread. */
    boolean isLost() {
        return listener.isPresent() && listener.get() instanceof LoopListener onLoop && onLoop.isLost();
    }

    /** A program that got the socket from an earlier dispatcher has it until it ends. */
    private void takeBackFromProgram(Receiver receiver) {
        OpenSocket open = socket.orElseThrow();
        if (listener.isEmpty() && !open.free().toCompletableFuture().isDone()) {
            HandoverListener handover = handover(open, receiver);
            handover.handedOverUntil(open.free());
            listener = Optional.of(handover);
            style = Style.HANDOVER;
        }
    }

    private HandoverListener handover(OpenSocket open, Receiver receiver) {
        around.descriptors().prepare(open);
        return new HandoverListener(open, around.readiness(), around.dispatcher(), receiver::handover,
                around.returned()::announce, around.log());
    }

    private Listener listener(Style wanted, Receiver receiver) throws IOException {
        IoEventLoop loop = around.loops().next();
        OpenSocket open = socket.orElseThrow();
        return switch (wanted) {
            case CONNECTIONS -> new ConnectionListener(open, loop,
                    (itself, connection) -> receiver.connection(itself, loop, connection), around.log());
            case DATAGRAMS -> {
                TaskQueue queue = around.datagrams().queue();
                yield new DatagramListener(open, loop,
                        (itself, channel, datagram) -> receiver.datagram(itself, queue, channel, datagram), around.log());
            }
            case PEERS -> new PeerListener(open, around.readiness(), around.dispatcher(),
                    itself -> receiver.peers(itself, open), around.log());
            case HANDOVER -> handover(open, receiver);
        };
    }

    /** Stops accepting in another style: nobody must be accepted for a program that takes the socket. */
    void stopUnless(Style wanted) {
        if (style != wanted && !(listener.orElse(null) instanceof HandoverListener)) {
            stopListening();
        }
    }

    void pause() {
        listener.ifPresent(Listener::pause);
    }

    private void stopListening() {
        listener.ifPresent(Listener::close);
        listener = Optional.empty();
    }

    /**
     * Stops listening, and turns away who is queued, unless a program has the socket: it may be about to accept them.
     */
    int turnAwayQueued() {
        boolean free = listener.map(Endpoint::whenFree).orElse(FREE).toCompletableFuture().isDone();
        stopListening();
        return free ? socket.map(open -> open.turnAwayAll(MOST_TURNED_AWAY)).orElse(0) : 0;
    }

    /** Closes the port and gives back its reservation; a program that has the socket keeps it. */
    void close() {
        stopListening();
        socket.ifPresent(OpenSocket::close);
        socket = Optional.empty();
        reservation.ifPresent(Reservation::release);
        reservation = Optional.empty();
    }

    /** Notes what rpcbind calls this socket, and its address. One for both IP versions counts twice. */
    void addTransports(Map<String, InetSocketAddress> addresses) {
        if (socket.isEmpty() || !(socket.get().local() instanceof InetSocketAddress local)) {
            return;
        }
        String transport = plan.spec().stream() ? "tcp" : "udp";
        boolean v6 = plan.spec().family() == SocketSpec.Family.INET6;
        addresses.put(v6 ? transport + "6" : transport, local);
        if (v6 && !plan.spec().v6only()) {
            addresses.put(transport, new InetSocketAddress("0.0.0.0", local.getPort()));
        }
    }

    /** Stops listening and leaves the socket open for the next dispatcher. */
    void handOn(Duration atMost) {
        CompletionStage<?> free = listener.map(Endpoint::whenFree).orElse(FREE);
        stopListening();
        socket.ifPresent(open -> open.handOn(around.held(), owner, free, atMost));
        socket = Optional.empty();
        close();
    }

    private static CompletionStage<?> whenFree(Listener listener) {
        return listener instanceof HandoverListener handover ? handover.free() : FREE;
    }

    boolean isStream() {
        return plan.spec().stream();
    }

    static Style style(Serving serving) {
        if (serving.kind().takesListener(serving.entry())) {
            return Style.HANDOVER;
        }
        if (serving.kind().takesPeers(serving.entry())) {
            return Style.PEERS;
        }
        return serving.entry().socketType() == SocketType.STREAM ? Style.CONNECTIONS : Style.DATAGRAMS;
    }

    /** What is open, if it is. Any thread. */
    Optional<ListenerDTO> describe() {
        return socket.map(open -> {
            ListenerDTO dto = new ListenerDTO();
            dto.endpoint = open.toString();
            dto.state = listener.map(Listener::state).orElse("paused");
            return dto;
        });
    }

    @Override
    public String toString() {
        return socket.map(OpenSocket::toString).orElseGet(() -> plan.spec().address() + ":" + plan.spec().port());
    }
}
