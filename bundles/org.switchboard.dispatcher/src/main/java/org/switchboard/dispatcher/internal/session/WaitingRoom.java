package org.switchboard.dispatcher.internal.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Arrivals of one entry that a rule told to wait, one for each listener as a rule: the others wait in the kernel's queue. Safe
 * for several threads.
 */
public final class WaitingRoom {

    /** Somebody who waits. Both are called on any thread and must not block. */
    public interface Guest {
        /** The rules may have changed their mind. */
        void askAgain();

        /** The entry is closed. */
        void giveUp();
    }

    private final Set<Guest> guests = new LinkedHashSet<>(); // guarded by this
    private volatile boolean occupied;

    /** From now on the guest hears of every session that ends; whoever enters asks once more, because one may have ended before. */
    public synchronized void enter(Guest guest) {
        guests.add(guest);
        occupied = true;
    }

    public synchronized void leave(Guest guest) {
        guests.remove(guest);
        occupied = !guests.isEmpty();
    }

    /** How many wait. */
    public synchronized int size() {
        return guests.size();
    }

    /** Lets all ask again. Costs next to nothing when nobody waits. */
    public void askAgain() {
        if (occupied) {
            all().forEach(Guest::askAgain);
        }
    }

    /** Makes all give up. */
    public void clear() {
        if (occupied) {
            all().forEach(Guest::giveUp);
        }
    }

    private synchronized List<Guest> all() {
        return List.copyOf(guests);
    }
}
