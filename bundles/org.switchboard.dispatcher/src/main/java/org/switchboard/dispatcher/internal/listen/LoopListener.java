package org.switchboard.dispatcher.internal.listen;

/** A listener on an event loop: it takes clients, or does not for now, or is closed. */
public abstract class LoopListener implements Listener {

    private volatile boolean wanted;
    private volatile boolean held;

    /** Whether clients are to be taken now. */
    final boolean isTaking() {
        return wanted && !held;
    }

    /** Begins or stops to take clients, as {@link #isTaking} says by now: at once on the event loop, soon on other threads. */
    abstract void settle();

    @Override
    public final void pause() {
        wanted = false;
        settle();
    }

    @Override
    public final void resume() {
        wanted = true;
        settle();
    }

    /** Takes no more clients until {@link #letGo}, whatever else is wanted. On the event loop, at once. */
    public final void hold() {
        held = true;
        settle();
    }

    /** Takes clients again, if that is wanted. Any thread. */
    public final void letGo() {
        held = false;
        settle();
    }

    /** Whether it takes nobody any more because its event loop has ended. Any thread. */
    public boolean isLost() {
        return false;
    }

    @Override
    public final String state() {
        if (isLost()) {
            return "lost";
        }
        return isTaking() ? "open" : "paused";
    }
}
