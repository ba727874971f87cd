package org.switchboard.access.internal.request;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks what may take as long as a resolver likes, and waits so long and no longer. What still runs then is bounded, too. */
public final class LookUps implements AutoCloseable {

    private static final int MOST = 128;
    private static final long IDLE_SECONDS = 10;

    private final ExecutorService threads = new ThreadPoolExecutor(0, MOST, IDLE_SECONDS, TimeUnit.SECONDS,
            new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "switchboard-look-up");
                thread.setDaemon(true);
                return thread;
            });
    private volatile Duration patience;

    public LookUps(Duration patience) {
        this.patience = patience;
    }

    /** From the next look-up on. */
    public void patience(Duration value) {
        patience = value;
    }

    /**
     * The answer; empty if there is none in time, or the question fails.
     *
     * @throws IllegalStateException if too many earlier questions are still without an answer
     */
    <T> Optional<T> ask(Callable<T> question) throws InterruptedException {
        Future<T> answer;
        try {
            answer = threads.submit(question);
        } catch (RejectedExecutionException busy) {
            throw new IllegalStateException("too many look-ups are pending", busy);
        }
        try {
            return Optional.of(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException unanswered) {
            return Optional.empty();
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
