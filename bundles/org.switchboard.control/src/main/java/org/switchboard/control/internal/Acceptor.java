package org.switchboard.control.internal;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.log.Logger;

/** Accepts clients and keeps the bounds. Every connection has a thread of its own; one more closes those that dawdle. */
final class Acceptor implements AutoCloseable {

    private static final String THREAD = "switchboard-control";
    private static final long BACK_OFF_MILLIS = 100;

    private final ControlSocket socket;
    private final Tasks tasks;
    private final Bounds bounds;
    private final Semaphore shells;
    private final Logger log;
    private final ScheduledThreadPoolExecutor deadlines;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();

    /** Takes ownership of the socket. */
    Acceptor(ControlSocket socket, Tasks tasks, Bounds bounds, Logger log) {
        this.socket = socket;
        this.tasks = tasks;
        this.bounds = bounds;
        this.shells = new Semaphore(bounds.shells());
        this.log = log;
        this.deadlines = new ScheduledThreadPoolExecutor(1, task -> daemon(task, THREAD + "-deadlines"));
        deadlines.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        deadlines.setRemoveOnCancelPolicy(true);
    }

    void start() {
        daemon(this::acceptAll, THREAD).start();
    }

    /** Stops accepting, and ends every connection and what it runs. */
    @Override
    public void close() throws IOException {
        socket.close();
        deadlines.shutdownNow();
        connections.forEach(Connection::close);
    }

    private void acceptAll() {
        boolean wasWell = true;
        while (socket.isOpen()) {
            try {
                accepted(socket.accept());
                wasWell = true;
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                if (wasWell) {
                    log.warn("cannot accept control connections: {}; trying again", e.getMessage());
                }
                wasWell = false;
                pause();
            } catch (Throwable broken) {
                // No thread, or no memory: one client goes without an answer, the next may get one.
                log.error("a control connection could not be served", broken);
                pause();
            }
        }
    }

    private void accepted(SocketChannel channel) {
        String name = THREAD + "-" + numbers.incrementAndGet();
        Connection connection = new Connection(name, channel, tasks, shells, log);
        if (connections.size() >= bounds.connections()) {
            connection.refuse("too many control connections are open");
            return;
        }
        connections.add(connection);
        if (!socket.isOpen()) {
            connection.close();
        }
        try {
            daemon(() -> serve(connection), name).start();
        } catch (Throwable broken) {
            connections.remove(connection);
            connection.close();
            throw broken;
        }
    }

    private void serve(Connection connection) {
        try {
            ScheduledFuture<?> deadline =
                    deadlines.schedule(connection::close, bounds.patience().toMillis(), TimeUnit.MILLISECONDS);
            connection.serve(() -> deadline.cancel(false));
            deadline.cancel(false);
        } finally {
            connections.remove(connection);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void pause() {
        try {
            Thread.sleep(BACK_OFF_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
