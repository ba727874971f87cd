package org.switchboard.dispatcher.internal.watch;

/** A thread that runs short tasks, one after the other. */
public interface WatchedThread {

    String name();

    /**
     * Lets the thread run this behind what it is doing.
     *
     * @throws java.util.concurrent.RejectedExecutionException if it has ended
     */
    void ping(Runnable answer);

    /** Where the thread is now. */
    StackTraceElement[] stack();
}
