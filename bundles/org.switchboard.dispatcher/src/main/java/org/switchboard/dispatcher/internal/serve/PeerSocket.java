package org.switchboard.dispatcher.internal.serve;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.switchboard.api.admission.Lease;
import org.switchboard.api.admission.Verdict;
import org.switchboard.dispatcher.internal.admit.Admission;
import org.switchboard.dispatcher.internal.session.Addresses;
import org.switchboard.dispatcher.internal.session.LiveSession;
import org.switchboard.dispatcher.internal.session.LoopingStarts;
import org.switchboard.posix.DatagramSockets.First;

/**
 * A datagram socket on its way through the programs of those who sent what is queued on it. Nothing new arrives there but from
 * the peer that it is connected to. With one peer, as almost always, that is all: its program has the socket alone. With several
 * they come one after the other, as a datagram cannot be moved to another socket: the next one when the datagram of the one
 * before was taken and its program has ended, or has not ended within {@value #GRACE_MILLIS} ms. Dispatcher thread.
 */
final class PeerSocket {

    /** How long the next peer waits for the end of a program that has taken its own datagram. */
    private static final long GRACE_MILLIS = 250;
    private static final long FIRST_LOOK_MILLIS = 5;
    private static final long LONGEST_LOOK_MILLIS = 50;
    /** How long a program may leave its datagram, or a rule keep one waiting, while others wait behind it. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long LATER_MILLIS = 1000;
    private static final int MOST_SEEN = 1024;
    /** How often a program may end without reading before it is not started again. */
    private static final int MOST_FRUITLESS = 8;

    private final PeerServer server;
    private final int fd;
    private final SocketAddress local;
    private final Supplier<Optional<Serving>> serving;
    private final Runnable whenReturned;

    private Turn turn = new Turn(Optional.empty(), 0);
    private boolean judging;
    private int running;
    private int fruitless;
    private long waitingSince = System.nanoTime();
    private Future<?> pending = CompletableFuture.completedFuture(Boolean.TRUE);
    private boolean closed; // guarded by this

    /** The program of one peer. */
    private static final class Turn {
        private final Optional<First> first;
        private final int queued;
        private boolean ended;

        Turn(Optional<First> first, int queued) {
            this.first = first;
            this.queued = queued;
        }

        /** Whether something was taken from the queue, as far as one can tell. */
        boolean hasTaken(Optional<First> now, int queuedNow) {
            boolean known = now.isPresent() && first.isPresent() && now.get().arrived() != 0;
            return known ? !now.equals(first) : queuedNow < Math.max(1, queued);
        }
    }

    PeerSocket(PeerServer server, int fd, SocketAddress local, Supplier<Optional<Serving>> serving, Runnable whenReturned) {
        this.server = server;
        this.fd = fd;
        this.local = local;
        this.serving = serving;
        this.whenReturned = whenReturned;
    }

    /** Begins with the first peer, which was admitted. */
    void begin(Serving now, SocketAddress peer, List<Lease> leases) {
        try {
            server.datagrams().connectToFirst(fd);
        } catch (IOException unreachable) {
            Admission.release(leases);
            drop(now, peer, "unreachable");
            return;
        }
        waitingSince = System.nanoTime();
        judging = true;
        server.judge(now, new Visitor(now, Optional.of(peer), local), leases, (verdict, as) -> {
            judging = false;
            if (isClosed()) {
                Admission.release(leases);
            } else if (verdict instanceof Verdict.Admit) {
                start(as, peer, leases);
            } else {
                Admission.release(leases);
                server.sockets().turnAway(fd);
                now.turnAway(verdict, new Visitor(now, Optional.of(peer), local).remoteText(), server.sessions());
                next();
            }
        });
    }

    private void start(Serving now, SocketAddress peer, List<Lease> leases) {
        List<SocketAddress> queue = queue();
        Turn mine = new Turn(server.datagrams().first(fd), queue.size());
        turn = mine;
        running++;
        LiveSession session = server.sessions().open(now.entry(), now.counters(), peer, local, leases);
        server.launch(now, session, fd, started -> ended(mine, started));
        if (!queue.stream().allMatch(peer::equals)) {
            look(mine, FIRST_LOOK_MILLIS);
        }
    }

    private List<SocketAddress> queue() {
        return server.datagrams().senders(fd, MOST_SEEN);
    }

    /** Others wait: looks whether the datagram was taken, again and again, which the kernel does not tell. */
    private void look(Turn mine, long millis) {
        after(millis, () -> {
            if (mine.ended || mine != turn) {
                return;
            }
            if (mine.hasTaken(server.datagrams().first(fd), queue().size())) {
                nextAfter(GRACE_MILLIS);
            } else if (System.nanoTime() - waitingSince > PATIENCE_NANOS) {
                giveUp("its program does not read what it was started for");
            } else {
                look(mine, Math.min(2 * millis, LONGEST_LOOK_MILLIS));
            }
        });
    }

    private void ended(Turn mine, boolean started) {
        running--;
        mine.ended = true;
        if (isClosed() || mine != turn && running > 0) {
            return;
        }
        if (!started) {
            server.sockets().turnAway(fd);
        }
        boolean judged = mine == turn && started;
        boolean stuck = judged && !mine.hasTaken(server.datagrams().first(fd), queue().size());
        fruitless = stuck ? fruitless + 1 : 0;
        if (judged) {
            serving.get().ifPresent(now -> count(now, stuck));
        }
        if (fruitless >= MOST_FRUITLESS) {
            giveUp("its program ended " + MOST_FRUITLESS + " times without reading");
        } else if (stuck) {
            nextAfter(FIRST_LOOK_MILLIS << fruitless);
        } else {
            next();
        }
    }

    private void count(Serving now, boolean stuck) {
        LoopingStarts looping = now.counters().looping();
        if (stuck) {
            looping.tookNothing(Addresses.text(local)).ifPresent(now.period()::suspend);
        } else {
            looping.tookSomething(Addresses.text(local));
        }
    }

    /** The next peer in the queue, or the end of it. */
    private void next() {
        pending.cancel(false);
        List<SocketAddress> queue = queue();
        Optional<Serving> now = serving.get();
        if (judging) {
            return;
        }
        if (queue.isEmpty() || now.isEmpty()) {
            if (running == 0) {
                finish(now.isPresent());
            }
            return;
        }
        SocketAddress peer = queue.get(0);
        Visitor visitor = new Visitor(now.get(), Optional.of(peer), local);
        List<Lease> leases = new ArrayList<>(2);
        Verdict verdict = server.admission().check(visitor, now.get().period(), leases);
        if (verdict instanceof Verdict.Admit) {
            begin(now.get(), peer, leases);
            return;
        }
        Admission.release(leases);
        if (verdict instanceof Verdict.Pause && System.nanoTime() - waitingSince < PATIENCE_NANOS) {
            nextAfter(LATER_MILLIS);
            return;
        }
        server.sockets().turnAway(fd);
        now.get().turnAway(verdict, visitor.remoteText(), server.sessions());
        nextAfter(0);
    }

    private void drop(Serving now, SocketAddress peer, String reason) {
        server.sockets().turnAway(fd);
        now.turnAway(Verdict.refuse(reason), new Visitor(now, Optional.of(peer), local).remoteText(), server.sessions());
        nextAfter(0);
    }

    private void giveUp(String why) {
        int left = queue().size();
        serving.get().ifPresent(now -> now.counters().drops().next().ifPresent(end ->
                server.log().warn("{}: {}; {} datagrams dropped{}", now.entry().id(), why, left, end)));
        for (int i = 0; i < left; i++) {
            server.sockets().turnAway(fd);
        }
        fruitless = 0;
        if (running == 0) {
            finish(true);
        }
    }

    /** What arrived from the last peer until the moment before this is served as well. */
    private void finish(boolean open) {
        try {
            server.datagrams().connectToItself(fd);
        } catch (IOException unconnected) {
            server.log().debug("{}", unconnected.getMessage());
        }
        if (open && !queue().isEmpty()) {
            nextAfter(0);
            return;
        }
        close();
        server.returned(this);
        whenReturned.run();
    }

    private void nextAfter(long millis) {
        pending.cancel(false);
        pending = after(millis, this::next);
    }

    private Future<?> after(long millis, Runnable step) {
        return server.dispatcher().schedule(() -> {
            if (!isClosed()) {
                step.run();
            }
        }, millis, TimeUnit.MILLISECONDS);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Closes our end. Any thread. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            server.sockets().close(fd);
        }
    }
}
