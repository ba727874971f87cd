package org.switchboard.dispatcher.internal.listen;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.switchboard.dispatcher.internal.session.Addresses;
import org.switchboard.posix.DatagramSockets;
import org.switchboard.posix.HeldSockets;
import org.switchboard.posix.HeldSockets.Held;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.Sockets;
import org.switchboard.posix.SystemText;

/**
 * A bound kernel socket. It owns the descriptor: event loops get duplicates, programs are lent
 * it, so a socket outlives every change of who serves it.
 */
public final class OpenSocket {

    private final Sockets sockets;
    private final SocketSpec spec;
    private volatile int fd;
    private final SocketAddress local;
    private volatile boolean open = true;

    private final CompletionStage<?> free;

    private OpenSocket(Sockets sockets, SocketSpec spec, Held held) throws IOException {
        this.sockets = sockets;
        this.spec = spec;
        this.fd = held.fd();
        this.free = held.free();
        this.local = sockets.localAddress(fd);
    }

    /**
     * Opens the socket, or takes over the one that an earlier dispatcher had open for that owner.
     *
     * @throws org.switchboard.posix.AddressInUseException if another process has it
     */
    public static OpenSocket open(Sockets sockets, HeldSockets others, String owner, SocketSpec spec) throws IOException {
        Optional<Held> held = others.take(owner, spec);
        Held socket = held.isPresent() ? held.get() : new Held(sockets.open(spec), CompletableFuture.completedFuture(Boolean.TRUE));
        try {
            return new OpenSocket(sockets, spec, socket);
        } catch (IOException failed) {
            sockets.close(socket.fd());
            throw failed;
        }
    }

    Sockets sockets() {
        return sockets;
    }

    public SocketSpec spec() {
        return spec;
    }

    public int fd() {
        return fd;
    }

    public SocketAddress local() {
        return local;
    }

    /**
     * Opens another socket on the address in the place of this one, which goes with all that is queued on it.
     *
     * @return the descriptor, which is the caller's from now on, and at which nothing new arrives
     */
    public int giveUpFor(DatagramSockets datagrams) throws IOException {
        int former = fd;
        fd = datagrams.succeed(former, spec);
        return former;
    }

    /** A duplicate for an event loop, which closes it. */
    int duplicate() throws IOException {
        return sockets.duplicate(fd);
    }

    /** Sets the mode that programs expect, or the one that we need. All duplicates share it. */
    public void setBlocking(boolean blocking) throws IOException {
        sockets.setBlocking(fd, blocking);
    }

    /** Turns away who is queued, at most so many, so that they see an end and not a reset when the port closes. */
    public int turnAwayAll(int most) {
        return sockets.turnAwayAll(fd, most);
    }

    /** Whether datagrams of peers with addresses arrive here. */
    public boolean hasInternetDatagrams() {
        return !spec.stream() && spec.family() != SocketSpec.Family.UNIX;
    }

    /** Whether nobody has closed it. Any thread. */
    public boolean isOpen() {
        return open;
    }

    /** Completes when no program has the socket any more that an earlier dispatcher gave it to. */
    public CompletionStage<?> free() {
        return free;
    }

    /**
     * Leaves the socket open for the next dispatcher, and does not own it any more.
     *
     * @param nowFree completes when no program has it any more
     */
    public void handOn(HeldSockets next, String owner, CompletionStage<?> nowFree, Duration atMost) {
        next.hold(owner, spec, fd, nowFree, atMost);
        open = false;
    }

    /** Closes the port, once; a program that has the socket keeps it. */
    public void close() {
        if (!open) {
            return;
        }
        if (spec.family() == SocketSpec.Family.UNIX) {
            removePath();
        }
        open = false;
        sockets.close(fd);
    }

    private void removePath() {
        try {
            Files.deleteIfExists(SystemText.path(spec.address()));
        } catch (IOException e) {
            // It stays; the next one to bind it finds nobody listening and removes it.
        }
    }

    /** {@code 127.0.0.1:7007}. */
    @Override
    public String toString() {
        return Addresses.text(local);
    }
}
