package org.switchboard.dispatcher.internal.service;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.switchboard.dispatcher.internal.listen.HandoverListener.Outcome;
import org.switchboard.dispatcher.internal.listen.OpenSocket;
import org.switchboard.dispatcher.internal.serve.Serving;
import org.switchboard.dispatcher.internal.serve.TaskQueue;

/** Sends what arrives for an entry to whoever serves it at that moment. With nobody there, clients are turned away. */
final class Receiver {

    private final Surroundings around;
    private final Supplier<Optional<Serving>> serving;

    Receiver(Surroundings around, Supplier<Optional<Serving>> serving) {
        this.around = around;
        this.serving = serving;
    }

    void connection(EventLoop loop, Channel channel) {
        Optional<Serving> now = serving.get();
        if (now.isPresent()) {
            around.connections().arrived(now.get(), loop, channel);
        } else {
            channel.unsafe().closeForcibly();
        }
    }

    void datagram(TaskQueue queue, Channel channel, AddressedEnvelope<ByteBuf, SocketAddress> datagram) {
        Optional<Serving> now = serving.get();
        if (now.isPresent()) {
            around.datagrams().arrived(now.get(), queue, channel, datagram);
        } else {
            datagram.release();
        }
    }

    CompletionStage<Outcome> handover(OpenSocket socket) {
        return serving.get().map(now -> around.descriptors().handOver(now, socket))
                .orElseGet(() -> CompletableFuture.completedFuture(Outcome.NOT_TAKEN));
    }
}
