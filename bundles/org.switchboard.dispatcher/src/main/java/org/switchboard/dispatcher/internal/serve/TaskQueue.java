package org.switchboard.dispatcher.internal.serve;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs tasks one after the other on a worker, which it occupies only while there are any. */
public final class TaskQueue {

    private static final int MOST = 256;

    private final Executor workers;
    private final Deque<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private boolean running; // guarded by this

    /** @param workers runs one task at a time; rejects if no worker is free */
    TaskQueue(Executor workers) {
        this.workers = workers;
    }

    /** Adds a task. @throws RejectedExecutionException if too many wait, or no worker is free */
    synchronized void add(Runnable task) {
        if (waiting.size() >= MOST) {
            throw new RejectedExecutionException("queue full");
        }
        waiting.add(task);
        if (!running) {
            try {
                workers.execute(this::run);
                running = true;
            } catch (RejectedExecutionException busy) {
                waiting.removeLast();
                throw busy;
            }
        }
    }

    private void run() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (Throwable broken) {
                // The tasks behind it are of other clients.
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, broken);
            }
        }
    }

    private synchronized Runnable next() {
        Runnable task = waiting.poll();
        running = task != null;
        return task;
    }
}
