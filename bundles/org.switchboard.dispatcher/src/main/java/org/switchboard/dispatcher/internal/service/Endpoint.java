package org.switchboard.dispatcher.internal.service;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.Optional;
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
import org.switchboard.dispatcher.internal.listen.OpenSocket;
import org.switchboard.dispatcher.internal.resolve.PlannedSocket;
import org.switchboard.dispatcher.internal.serve.Serving;
import org.switchboard.dispatcher.internal.serve.TaskQueue;
import org.switchboard.posix.AddressInUseException;

/** One socket of an entry, with whoever listens on it now. Dispatcher thread only, but for {@link #describe}. */
final class Endpoint {

    /** In which way a socket is listened on. */
    enum Style { CONNECTIONS, DATAGRAMS, HANDOVER }

    private final Surroundings around;
    private final OpenSocket socket;
    private volatile PlannedSocket plan;
    private volatile Optional<Listener> listener = Optional.empty();
    private Style style = Style.CONNECTIONS;

    private Endpoint(Surroundings around, PlannedSocket plan, OpenSocket socket) {
        this.around = around;
        this.plan = plan;
        this.socket = socket;
    }

    /** A socket that could not be opened, and how the entry stands because of that. */
    static final class NotOpenedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Status status;

        NotOpenedException(EntryState state, String reason) {
            super(reason);
            this.status = Status.of(state, reason);
        }

        Status status() {
            return status;
        }
    }

    /** Reserves the port, if there is one, and opens the socket. */
    static Endpoint open(Surroundings around, PlannedSocket plan) throws NotOpenedException {
        Optional<Reservation> reservation = Optional.empty();
        try {
            if (plan.claim().isPresent()) {
                reservation = Optional.of(around.ports().reserve(plan.claim().get()));
            }
            Endpoint endpoint = new Endpoint(around, plan, OpenSocket.open(around.sockets(), plan.spec(), reservation));
            endpoint.socket.state(EntryState.LISTENING.toString());
            return endpoint;
        } catch (PortClaimedException claimed) {
            throw new NotOpenedException(EntryState.FAILED, claimed.getMessage());
        } catch (AddressInUseException inUse) {
            // Asked before the reservation goes, which names the port in the explanation.
            NotOpenedException standAlone = new NotOpenedException(EntryState.STAND_ALONE, heldBy(around, plan, inUse));
            reservation.ifPresent(Reservation::release);
            throw standAlone;
        } catch (IOException failed) {
            reservation.ifPresent(Reservation::release);
            throw new NotOpenedException(EntryState.FAILED, failed.getMessage());
        }
    }

    private static String heldBy(Surroundings around, PlannedSocket plan, AddressInUseException inUse) {
        if (plan.claim().isEmpty()) {
            return inUse.getMessage();
        }
        PortClaim claim = plan.claim().get();
        Optional<PortHolder> holder = around.ports().holder(claim);
        return "port " + claim.portText() + " is " + holder.map(found -> "held by " + found.description()).orElse("in use");
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

    private Listener listener(Style wanted, Receiver receiver) throws IOException {
        EventLoop loop = around.loops().next();
        return switch (wanted) {
            case CONNECTIONS -> new ConnectionListener(socket, loop, channel -> receiver.connection(loop, channel), around.log());
            case DATAGRAMS -> {
                TaskQueue queue = around.datagrams().queue();
                yield new DatagramListener(socket, loop, (channel, datagram) -> receiver.datagram(queue, channel, datagram),
                        around.log());
            }
            case HANDOVER -> new HandoverListener(socket, around.readiness(), around.dispatcher(),
                    receiver::handover, around.log());
        };
    }

    void pause() {
        listener.ifPresent(Listener::pause);
    }

    private void stopListening() {
        listener.ifPresent(Listener::close);
        listener = Optional.empty();
    }

    void close() {
        stopListening();
        socket.close();
    }

    boolean isStream() {
        return plan.spec().stream();
    }

    static Style style(Serving serving) {
        if (serving.kind().takesListener(serving.entry())) {
            return Style.HANDOVER;
        }
        return serving.entry().socketType() == SocketType.STREAM ? Style.CONNECTIONS : Style.DATAGRAMS;
    }

    ListenerDTO describe() {
        ListenerDTO dto = new ListenerDTO();
        dto.endpoint = socket.toString();
        dto.state = listener.map(Listener::state).orElse("paused");
        return dto;
    }

    @Override
    public String toString() {
        return socket.toString();
    }
}
