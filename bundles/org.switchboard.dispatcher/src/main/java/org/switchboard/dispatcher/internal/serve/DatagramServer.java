package org.switchboard.dispatcher.internal.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.Datagram;
import org.switchboard.api.provider.DatagramProvider;
import org.switchboard.api.provider.Reply;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.listen.AcceptedConnection;
import org.switchboard.dispatcher.internal.provider.ProviderKind;
import org.switchboard.dispatcher.internal.provider.ProviderUse;
import org.switchboard.dispatcher.internal.session.AccessLog;
import org.switchboard.dispatcher.internal.session.Addresses;
import org.switchboard.dispatcher.internal.session.SessionRegistry;

/** Takes datagrams to providers inside the server: admitted on the event loop, served one after the other on a worker. */
public final class DatagramServer {

    private static final int LONGEST = 65_507;
    /** In the queues of all listeners together. */
    private static final long MOST_QUEUED_BYTES = 8L << 20;
    private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0);

    private final Admission admission;
    private final SessionRegistry sessions;
    private final Workers workers;
    private final AccessLog log;
    private final SessionStage stage;
    private final AtomicLong queued = new AtomicLong();

    public DatagramServer(Admission admission, SessionStage stage, SessionRegistry sessions, Workers workers, AccessLog log) {
        this.admission = admission;
        this.stage = stage;
        this.sessions = sessions;
        this.workers = workers;
        this.log = log;
    }

    /** A queue for one listener. */
    public TaskQueue queue() {
        return new TaskQueue(workers::errand);
    }

    private record Received(ServiceEntry entry, SocketAddress from, SocketAddress to, ByteBuffer content) implements Datagram {
    }

    /**
     * Serves or refuses the datagram, and releases it. Event loop.
     *
     * @return present if neither was done, the datagram stays the caller's, and has to wait
     */
    public Optional<Verdict.Pause> arrived(Serving serving, TaskQueue queue, Channel channel,
            AddressedEnvelope<ByteBuf, SocketAddress> datagram) {
        boolean waits = false;
        try {
            SocketAddress from = Addresses.standard(datagram.sender());
            Visitor visitor = new Visitor(serving, Optional.of(from), Addresses.standard(channel.localAddress()));
            List<Lease> leases = new ArrayList<>(2);
            Verdict verdict = admission.check(visitor, serving.period(), leases);
            if (verdict instanceof Verdict.Admit) {
                byte[] content = new byte[datagram.content().readableBytes()];
                datagram.content().readBytes(content);
                Received received = new Received(serving.entry(), from, visitor.local(),
                        ByteBuffer.wrap(content).asReadOnlyBuffer());
                Answer answer = new Answer(channel, datagram.sender());
                if (stage.concerns(serving.entry())) {
                    judge(serving, queue, visitor, received, answer, leases);
                } else {
                    enqueue(serving, queue, received, answer, leases);
                }
                return Optional.empty();
            }
            Admission.release(leases);
            if (verdict instanceof Verdict.Pause pause) {
                waits = true;
                return Optional.of(pause);
            }
            serving.turnAway(verdict, visitor.remoteText(), sessions);
            return Optional.empty();
        } finally {
            if (!waits) {
                datagram.release();
            }
        }
    }

    /** One that waits for its verdict holds up no other. */
    private void judge(Serving serving, TaskQueue queue, Visitor visitor, Received received, Answer answer, List<Lease> leases) {
        stage.judge(stage.visit(visitor), leases, answer.channel.eventLoop(), verdict -> {
            if (verdict instanceof Verdict.Admit) {
                enqueue(serving, queue, received, answer, leases);
            } else {
                Admission.release(leases);
                serving.turnAway(verdict, visitor.remoteText(), sessions);
                serving.counters().waiting().askAgain();
            }
        });
    }

    private void enqueue(Serving serving, TaskQueue queue, Received received, Answer answer, List<Lease> leases) {
        int bytes = received.content().remaining();
        try {
            if (queued.addAndGet(bytes) > MOST_QUEUED_BYTES) {
                throw new RejectedExecutionException("too much is queued");
            }
            queue.add(() -> {
                try {
                    serveUnlessSuspended(serving, queue, received, answer);
                } finally {
                    queued.addAndGet(-bytes);
                    Admission.release(leases);
                    serving.counters().waiting().askAgain();
                }
            });
        } catch (RejectedExecutionException full) {
            queued.addAndGet(-bytes);
            Admission.release(leases);
            sessions.refused(serving.entry(), serving.counters(), Addresses.text(received.from()), "queue");
        }
    }

    /** A suspension finds datagrams in the queue that no provider has seen. */
    private void serveUnlessSuspended(Serving serving, TaskQueue queue, Received received, Answer answer) {
        serving.period().suspensionOfAdmitted().ifPresentOrElse(
                suspension -> serving.turnAway(suspension, Addresses.text(received.from()), sessions),
                () -> serve(serving, queue, received, answer));
    }

    private void serve(Serving serving, TaskQueue queue, Received received, Answer answer) {
        String name = serving.entry().id();
        try {
            Optional<ProviderUse> use = serving.handle().acquire();
            if (use.isEmpty()) {
                park(serving, queue, received, answer);
                return;
            }
            try (ProviderUse held = use.get()) {
                serving.counters().countStart();
                held.as(DatagramProvider.class).serve(received, answer);
            }
            serving.conduct().good();
            serving.handle().good();
        } catch (Throwable failed) {
            String what = "provider " + serving.handle() + " failed: " + failed;
            serving.counters().countFailure();
            if (!(failed instanceof IOException)) {
                serving.handle().failed(failed);
                serving.conduct().fault(what);
            }
            log.failed(serving.entry(), name, what);
        }
    }

    /** Its provider is gone; the next one serves it. */
    private void park(Serving serving, TaskQueue queue, Received received, Answer answer) {
        serving.parking().park(new Parking.Parked() {
            @Override
            public void resume(Serving next) {
                if (next.kind() == ProviderKind.DATAGRAM) {
                    enqueue(next, queue, received, answer, List.of());
                } else {
                    giveUp("no provider");
                }
            }

            @Override
            public void giveUp(String reason) {
                sessions.refused(serving.entry(), serving.counters(), Addresses.text(received.from()), "no provider");
            }

            @Override
            public void leave(Consumer<AcceptedConnection> next) {
                giveUp("no provider");
            }
        }, serving.handle());
    }

    private record Answer(Channel channel, SocketAddress to) implements Reply {
        @Override
        public void send(ByteBuffer content) throws IOException {
            if (content.remaining() > LONGEST) {
                throw new IOException("a datagram of " + content.remaining() + " bytes is too long");
            }
            if (!channel.isOpen()) {
                throw new IOException("the listener is closed");
            }
            if (!channel.isWritable()) {
                return;
            }
            if (!content.hasRemaining()) {
                channel.eventLoop().execute(this::sendEmpty);
                return;
            }
            ByteBuf copy = Unpooled.copiedBuffer(content);
            channel.writeAndFlush(to instanceof InetSocketAddress inet
                    ? new DatagramPacket(copy, inet) : new DomainDatagramPacket(copy, (DomainSocketAddress) to));
        }

        /** Netty takes an empty buffer for one that is written already. On the event loop, which closes the descriptor. */
        private void sendEmpty() {
            if (channel.isOpen() && channel instanceof UnixChannel unix) {
                Socket socket = new Socket(unix.fd().intValue());
                try {
                    if (to instanceof InetSocketAddress inet) {
                        socket.sendTo(EMPTY, 0, 0, inet.getAddress(), inet.getPort());
                    } else {
                        socket.sendToDomainSocket(EMPTY, 0, 0, ((DomainSocketAddress) to).path().getBytes(StandardCharsets.UTF_8));
                    }
                } catch (IOException dropped) {
                    // An answer that the network cannot take now is dropped, as datagrams may be.
                }
            }
        }
    }
}
