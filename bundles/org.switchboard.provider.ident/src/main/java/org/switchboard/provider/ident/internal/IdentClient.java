package org.switchboard.provider.ident.internal;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.switchboard.api.provider.Ending;
import org.switchboard.api.provider.Instance;
import org.switchboard.api.provider.SocketDescriptor;
import org.switchboard.posix.Lines;
import org.switchboard.posix.Lines.End;
import org.switchboard.posix.Lines.Line;
import org.switchboard.posix.Lines.Pending;
import org.switchboard.posix.Sockets;
import org.switchboard.posix.SystemText;

/** One query and its answer. It owns its descriptor. */
final class IdentClient implements Instance {

    private static final int LONGEST_QUERY = 1023;

    private final int fd;
    private final SocketAddress local;
    private final SocketAddress remote;
    private final IdentOptions options;
    private final Sockets sockets;
    private final Lines lines;
    private final Identification identification;
    private final Executor lookUps;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private Pending pending = () -> { }; // this and what follows: guarded by this
    private boolean ending;

    /** Takes a duplicate of the descriptor. */
    IdentClient(SocketDescriptor socket, IdentOptions options, Sockets sockets, Lines lines, Identification identification,
            Executor lookUps) throws IOException {
        this.local = socket.local().orElseThrow(() -> new IOException("a connection without an address of ours"));
        this.remote = socket.remote().orElseThrow(() -> new IOException("a connection without a peer"));
        this.options = options;
        this.sockets = sockets;
        this.lines = lines;
        this.identification = identification;
        this.lookUps = lookUps;
        this.fd = sockets.duplicate(socket.fd());
    }

    /** Under the lock, so that what comes of it finds it noted. */
    synchronized void listen() throws IOException {
        try {
            pending = lines.read(fd, LONGEST_QUERY, options.timeout(), this::asked);
        } catch (IOException | RuntimeException failed) {
            close("failed");
            throw failed;
        }
    }

    @Override
    public String description() {
        return "auth";
    }

    @Override
    public CompletionStage<Ending> ended() {
        return ended;
    }

    @Override
    public void end() {
        Pending last;
        synchronized (this) {
            ending = true;
            last = pending;
        }
        last.cancel();
        close("ended");
    }

    private void asked(Line query) {
        if (query.end() == End.FAILED || query.end() == End.END_OF_INPUT && query.text().isEmpty()) {
            close("nothing");
            return;
        }
        try {
            lookUps.execute(() -> reply(identification.answer(options, query, local, remote)));
        } catch (RejectedExecutionException busy) {
            reply(Identification.busy());
        }
    }

    /** Once it was told to end, nothing is begun on a descriptor that may be somebody else's by then. */
    private synchronized void reply(String answer) {
        if (!ending && closed.compareAndSet(false, true)) {
            String outcome = "ok";
            try {
                sockets.sendLast(fd, SystemText.encode(answer));
            } catch (IOException cut) {
                outcome = "reset";
            }
            ended.complete(Ending.of(outcome, ""));
        }
    }

    private void close(String outcome) {
        if (closed.compareAndSet(false, true)) {
            sockets.end(fd);
            ended.complete(Ending.of(outcome, ""));
        }
    }
}
