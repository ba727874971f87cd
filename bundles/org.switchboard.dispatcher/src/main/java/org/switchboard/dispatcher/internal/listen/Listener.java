package org.switchboard.dispatcher.internal.listen;

/** Somebody who waits for clients on an open socket. All methods are called on the dispatcher thread. */
public interface Listener {

    /** Stops taking clients; they wait in the kernel's queue. */
    void pause();

    /** Takes clients, again or for the first time. */
    void resume();

    /** Stops for good; the socket itself stays open. Returns when no arrival is reported any more. */
    void close();

    /** {@code open}, {@code paused}, {@code handed over}, or {@code lost} if its event loop has ended. */
    String state();
}
