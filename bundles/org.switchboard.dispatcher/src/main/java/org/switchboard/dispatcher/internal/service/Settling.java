package org.switchboard.dispatcher.internal.service;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Whether changes of the entries are under way, and when it may help to look for an entry again. Safe for several threads. */
public final class Settling {

    private final Executor worker;
    private int underWay; // guarded by this, as is the next
    private CompletableFuture<Boolean> next = new CompletableFuture<>();

    /** @param worker tells those that wait, who may be many */
    public Settling(Executor worker) {
        this.worker = worker;
    }

    /** Changes begin; so many times as this is called they have to {@link #end}. */
    public synchronized void begin() {
        underWay++;
    }

    /** Changes have taken effect, or will not. */
    public void end() {
        synchronized (this) {
            underWay--;
        }
        changed();
    }

    /** Whether entries change, appear or go now. */
    public synchronized boolean isUnderWay() {
        return underWay > 0;
    }

    /** An entry stands otherwise than before. While changes are under way there are more to come, and nobody is told before their end. */
    public void changed() {
        CompletableFuture<Boolean> told;
        synchronized (this) {
            if (underWay > 0) {
                return;
            }
            told = next;
            next = new CompletableFuture<>();
        }
        if (told.getNumberOfDependents() == 0) {
            told.complete(Boolean.TRUE);
            return;
        }
        try {
            worker.execute(() -> told.complete(Boolean.TRUE));
        } catch (RejectedExecutionException busy) {
            told.complete(Boolean.TRUE);
        }
    }

    /** Completes, on a worker, when entries have changed after this was called. */
    public synchronized CompletionStage<Boolean> next() {
        return next;
    }
}
