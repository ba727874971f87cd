package org.switchboard.provider.exec.internal;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** The names of addresses, as far as name services tell them in time. Safe for several threads. */
final class HostNames implements AutoCloseable {

    private static final int MOST_AT_A_TIME = 16;
    private static final long IDLE_SECONDS = 10;

    private final Function<InetAddress, String> service;
    private final Duration deadline;
    private final ThreadPoolExecutor threads;

    /** @param service gives the address as text where it knows no name, and may take its time */
    HostNames(Function<InetAddress, String> service, Duration deadline) {
        this.service = service;
        this.deadline = deadline;
        threads = new ThreadPoolExecutor(0, MOST_AT_A_TIME, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "switchboard-names");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The name; empty if there is none, if that takes too long, or too many are being looked up. */
    Optional<String> of(InetAddress address) {
        try {
            Future<String> answer = threads.submit(() -> service.apply(address));
            return Optional.of(answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS))
                    .filter(name -> !name.equals(address.getHostAddress()));
        } catch (TimeoutException | ExecutionException | RejectedExecutionException unknown) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
