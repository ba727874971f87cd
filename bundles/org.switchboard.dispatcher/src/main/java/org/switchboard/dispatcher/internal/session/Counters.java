package org.switchboard.dispatcher.internal.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What one entry has done so far, and who waits for one of its sessions to end. Kept over reloads. */
public final class Counters {

    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger unjudged = new AtomicInteger();
    final LongAdder starts = new LongAdder();
    final LongAdder refusals = new LongAdder();
    final LongAdder failures = new LongAdder();
    private final WaitingRoom waiting = new WaitingRoom();
    private final Conduct conduct;

    public Counters() {
        this(Conduct.UNWATCHED);
    }

    /** @param conduct told how the providers of the entry behave */
    public Counters(Conduct conduct) {
        this.conduct = conduct;
    }

    /** Told how the providers of the entry behave. */
    public Conduct conduct() {
        return conduct;
    }

    /** Who waits until a rule lets him in. */
    public WaitingRoom waiting() {
        return waiting;
    }

    /** Sessions running now. */
    public int running() {
        return running.get();
    }

    /** Sessions running now, and visits that become one if their verdict says so: what a limit has to count. */
    public int occupied() {
        return running.get() + unjudged.get();
    }

    /** A visit was let in as far as the rules that decide at once are concerned, and waits for the verdict of others. */
    public void judgementBegins() {
        unjudged.incrementAndGet();
    }

    /** The verdict is there, and its session, if any, is counted by now. */
    public void judgementEnds() {
        unjudged.decrementAndGet();
        waiting.askAgain();
    }

    public long starts() {
        return starts.sum();
    }

    public long refusals() {
        return refusals.sum();
    }

    public long failures() {
        return failures.sum();
    }

    /** One datagram was served: too short a visit to be a session in any list. */
    public void countStart() {
        starts.increment();
    }

    public void countFailure() {
        failures.increment();
    }
}
