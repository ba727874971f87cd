package org.switchboard.dispatcher.internal.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What one entry has done so far, and who waits for one of its sessions to end. Kept over reloads. */
public final class Counters {

    private static final Duration REPEATED_FAILURE = Duration.ofMinutes(1);

    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger unjudged = new AtomicInteger();
    final LongAdder starts = new LongAdder();
    final LongAdder refusals = new LongAdder();
    final LongAdder failures = new LongAdder();
    private final WaitingRoom waiting = new WaitingRoom();
    private final RepeatedMessage drops = new RepeatedMessage(InstantSource.system(), REPEATED_FAILURE);
    private final RepeatedMessage unopened = new RepeatedMessage(InstantSource.system(), REPEATED_FAILURE);
    private final LoopingStarts looping;

    public Counters() {
        this(new LoopingStarts(0, InstantSource.system(), what -> { }));
    }

    /** @param looping told what programs take that get the socket of the entry */
    public Counters(LoopingStarts looping) {
        this.looping = looping;
    }

    /** Told what programs take that get the socket of the entry. */
    public LoopingStarts looping() {
        return looping;
    }


    /** How often it is logged that datagrams were dropped which no program reads. */
    public RepeatedMessage drops() {
        return drops;
    }

    /** How often it is logged that no socket could be opened in the place of one that a program gets. */
    public RepeatedMessage unopened() {
        return unopened;
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

    /** So many clients were turned away together. */
    public void countRefusals(int clients) {
        refusals.add(clients);
    }

    public void countFailure() {
        failures.increment();
    }
}
