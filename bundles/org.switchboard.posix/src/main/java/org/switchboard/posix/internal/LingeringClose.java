package org.switchboard.posix.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections so that the peer gets everything that was written. A close(2) while input is unread, or before
 * more of it arrives, answers that input with a reset; the peer's kernel may then throw away what its program has not
 * read yet, and ours throws away what it has not sent. So our side is ended first, what the peer sends is discarded
 * until it has ended its own side, and the descriptor is closed then.
 *
 * <p>That costs a short session two system calls more than close(2), and neither a registration with epoll nor a
 * thread: under load each new connection looks at one that came a little earlier, whose peer has most often read the
 * answer by then, while its socket is still in the caches of the processor. One thread looks at the others from time to
 * time; it comes and goes with them.
 *
 * <p>Source: RFC 1122, 4.2.2.13; RFC 9112, 9.6.
 */
final class LingeringClose implements AutoCloseable {

    /** More than are served at a time on a few loops, and few enough to stay in the caches. */
    private static final int MOST_FRESH = 24;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Nobody has looked at these yet; in their order. This and what follows: guarded by this. */
    private final Deque<LingeringConnection> fresh = new ArrayDeque<>(2 * MOST_FRESH);
    /** Their peers take their time; the oldest first. One that is looked at is in neither. */
    private final Set<LingeringConnection> slow = new LinkedHashSet<>();
    private Optional<LingeringBounds> bounds;
    private int lookedAt;
    private boolean running;
    private long wakeUp;
    private boolean closed;

    LingeringClose() {
        this(Optional.empty());
    }

    /** @param bounds those of the server, found with the first connection, if empty */
    LingeringClose(Optional<LingeringBounds> bounds) {
        this.bounds = bounds;
    }

    /**
     * Takes ownership of the descriptor. Never blocks; any thread.
     *
     * @param rest what is still to be sent
     */
    void add(int fd, byte[] rest) {
        long now = System.nanoTime();
        LingeringConnection connection = new LingeringConnection(fd, rest, bounds(), now);
        if (connection.begin()) {
            enter(connection, now).ifPresent(one -> look(one, now));
        } else {
            connection.close();
        }
    }

    private synchronized LingeringBounds bounds() {
        if (bounds.isEmpty()) {
            bounds = Optional.of(LingeringBounds.standard());
        }
        return bounds.get();
    }

    /** @return a connection to look at now, which is this one if nobody else will */
    private synchronized Optional<LingeringConnection> enter(LingeringConnection connection, long now) {
        fresh.add(connection);
        if (!closed && fresh.size() <= MOST_FRESH) {
            wakeUpWithin(LingeringConnection.FIRST_LOOK_NANOS, now);
            return Optional.empty();
        }
        lookedAt++;
        return Optional.of(fresh.remove());
    }

    private void look(LingeringConnection one, long now) {
        boolean over = true;
        try {
            over = one.look(now);
        } finally {
            Optional<LingeringConnection> tooMany = looked(one, over, now);
            if (over) {
                one.close();
            }
            tooMany.ifPresent(LingeringConnection::cut);
        }
    }

    /**
     * @return a connection to be closed as it is: the one at which nobody has looked for the longest time, which was
     * silent then
     */
    private synchronized Optional<LingeringConnection> looked(LingeringConnection one, boolean over, long now) {
        lookedAt--;
        if (over) {
            return Optional.empty();
        }
        slow.add(one);
        if (!closed && fresh.size() + slow.size() + lookedAt <= bounds().connections()) {
            wakeUpWithin(one.due() - now, now);
            return Optional.empty();
        }
        Optional<LingeringConnection> tooMany = slow.stream().findFirst();
        tooMany.ifPresent(slow::remove);
        return tooMany;
    }

    /**
     * Sees to it that the thread looks in that time. Where there can be no thread, those that come later do its work in
     * part.
     */
    private void wakeUpWithin(long pause, long now) {
        if (!running) {
            Thread thread = new Thread(this::lookAtAll, "switchboard-closing");
            thread.setDaemon(true);
            try {
                thread.start();
                running = true;
            } catch (OutOfMemoryError noThread) {
                return;
            }
        } else if (wakeUp - now > pause) {
            wakeUp = now;
            notifyAll();
        }
    }

    private void lookAtAll() {
        boolean done = false;
        try {
            for (List<LingeringConnection> due = due(); !due.isEmpty(); due = due()) {
                due.forEach(one -> look(one, System.nanoTime()));
            }
            done = true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            if (!done) {
                failed();
            }
        }
    }

    /** The next connection brings another thread. */
    private synchronized void failed() {
        running = false;
    }

    /** Waits for connections to look at. @return none if there is nothing to do any more */
    private synchronized List<LingeringConnection> due() throws InterruptedException {
        long since = System.nanoTime();
        for (long now = since; !closed; now = System.nanoTime()) {
            wakeUp = now + IDLE_NANOS;
            List<LingeringConnection> due = new ArrayList<>();
            takeDue(fresh.iterator(), due, now);
            takeDue(slow.iterator(), due, now);
            if (!due.isEmpty()) {
                lookedAt += due.size();
                return due;
            }
            if (fresh.isEmpty() && slow.isEmpty() && lookedAt == 0 && now - since >= IDLE_NANOS) {
                break;
            }
            // Together with those that are due a little later.
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(wakeUp - now, LingeringConnection.SHORTEST_PAUSE_NANOS));
        }
        running = false;
        return List.of();
    }

    private void takeDue(Iterator<LingeringConnection> all, List<LingeringConnection> due, long now) {
        while (all.hasNext()) {
            LingeringConnection one = all.next();
            if (one.due() - now <= 0) {
                all.remove();
                due.add(one);
            } else if (one.due() - wakeUp < 0) {
                wakeUp = one.due();
            }
        }
    }

    /** How many are closing now. */
    synchronized int size() {
        return fresh.size() + slow.size() + lookedAt;
    }

    /** Closes all as they are, and from now on whatever comes. */
    @Override
    public void close() {
        List<LingeringConnection> last = new ArrayList<>();
        synchronized (this) {
            closed = true;
            last.addAll(fresh);
            last.addAll(slow);
            fresh.clear();
            slow.clear();
            notifyAll();
        }
        last.forEach(LingeringConnection::cut);
    }
}
