package org.switchboard.dispatcher.internal.service;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.switchboard.api.admission.Verdict;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;
import org.switchboard.dispatcher.internal.listen.HandoverListener.Outcome;
import org.switchboard.dispatcher.internal.listen.LoopListener;
import org.switchboard.dispatcher.internal.listen.OpenSocket;
import org.switchboard.dispatcher.internal.provider.ProviderKind;
import org.switchboard.dispatcher.internal.serve.PeerServer.Look;
import org.switchboard.dispatcher.internal.serve.Serving;
import org.switchboard.dispatcher.internal.serve.TaskQueue;
import org.switchboard.dispatcher.internal.session.WaitingRoom;
import org.switchboard.posix.HeldSockets.HeldConnection;

/** Sends what arrives for an entry to whoever serves it at that moment. With nobody there, clients are turned away. */
final class Receiver {

    private static final int MOST_HANDED_ON = 64;

    private final Surroundings around;
    private final Supplier<Optional<Serving>> serving;
    private final BooleanSupplier closed;
    private final WaitingRoom waiting;
    private final Supplier<CompletionStage<Outcome>> firstClient;
    /** What becomes of a connection that nobody serves. */
    private volatile Consumer<AcceptedConnection> unserved = AcceptedConnection::end;

    /**
     * @param serving who serves; any thread
     * @param closed whether nobody is served any more, whoever that is; dispatcher thread
     * @param waiting where clients wait whom a rule does not let in yet
     * @param firstClient gets a provider for those who wait in the queue of the kernel; dispatcher thread
     */
    Receiver(Surroundings around, Supplier<Optional<Serving>> serving, BooleanSupplier closed, WaitingRoom waiting,
            Supplier<CompletionStage<Outcome>> firstClient) {
        this.around = around;
        this.serving = serving;
        this.closed = closed;
        this.waiting = waiting;
        this.firstClient = firstClient;
    }

    /**
     * From now on connections that nobody serves are kept for the next dispatcher.
     *
     * @param id of the entry
     * @return what keeps one
     */
    Consumer<AcceptedConnection> leave(String id, Duration atMost) {
        unserved = client -> client.handOn().ifPresent(fd -> around.held().holdConnection(id, fd, atMost));
        return unserved;
    }

    /** Does with a connection what is done with one that nobody serves. */
    void keepForNext(AcceptedConnection connection) {
        unserved.accept(connection);
    }

    /** Serves the clients that an earlier dispatcher kept for that entry. */
    void takeOver(String id) {
        for (HeldConnection client : around.held().takeConnections(id)) {
            EventLoop loop = around.loops().next();
            AcceptedConnection connection = new AcceptedConnection(client.fd(), client.remote(), client.local(),
                    around.sockets());
            loop.execute(() -> handedOn(loop, connection));
        }
    }

    void connection(LoopListener listener, EventLoop loop, AcceptedConnection connection) {
        if (serve(loop, connection).isPresent()) {
            listener.hold();
            new HeldArrival(waiting, listener::letGo, loop, around.clock(), () -> serve(loop, connection),
                    () -> unserved.accept(connection)).hold();
        }
    }

    /** A connection that came through another entry, or another dispatcher. Whoever accepts goes on, so only so many may wait here. */
    void handedOn(EventLoop loop, AcceptedConnection connection) {
        if (serve(loop, connection).isEmpty()) {
            return;
        }
        if (waiting.size() >= MOST_HANDED_ON) {
            connection.end();
            return;
        }
        new HeldArrival(waiting, () -> { }, loop, around.clock(), () -> serve(loop, connection),
                () -> unserved.accept(connection)).hold();
    }

    private Optional<Verdict.Pause> serve(EventLoop loop, AcceptedConnection connection) {
        Optional<Serving> now = serving.get();
        if (now.isPresent() && !now.get().kind().takesListener(now.get().entry())) {
            return around.connections().arrived(now.get(), loop, connection);
        }
        unserved.accept(connection);
        return Optional.empty();
    }

    void datagram(LoopListener listener, TaskQueue queue, Channel channel,
            AddressedEnvelope<ByteBuf, SocketAddress> datagram) {
        if (serve(queue, channel, datagram).isPresent()) {
            listener.hold();
            new HeldArrival(waiting, listener::letGo, channel.eventLoop(), around.clock(), () -> serve(queue, channel, datagram),
                    datagram::release).hold();
        }
    }

    private Optional<Verdict.Pause> serve(TaskQueue queue, Channel channel, AddressedEnvelope<ByteBuf, SocketAddress> datagram) {
        Optional<Serving> now = serving.get();
        if (now.isPresent() && now.get().kind() == ProviderKind.DATAGRAM) {
            return around.datagrams().arrived(now.get(), queue, channel, datagram);
        }
        datagram.release();
        return Optional.empty();
    }

    /** Something is queued on a socket whose peers get programs; says how long to wait before looking again. */
    Duration peers(LoopListener listener, OpenSocket socket) {
        Look look = look(socket);
        if (look.pause().isPresent()) {
            listener.hold();
            new HeldArrival(waiting, listener::letGo, around.dispatcher(), around.clock(), () -> look(socket).pause(), () -> { })
                    .hold();
        }
        return look.delay();
    }

    private Look look(OpenSocket socket) {
        return around.peers().look(() -> closed.getAsBoolean() ? Optional.empty() : serving.get(), socket,
                around.returned()::announce);
    }

    CompletionStage<Outcome> handover(OpenSocket socket) {
        return serving.get().map(now -> around.descriptors().handOver(now, socket))
                .orElseGet(firstClient);
    }
}
