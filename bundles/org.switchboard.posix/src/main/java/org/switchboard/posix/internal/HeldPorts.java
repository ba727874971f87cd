package org.switchboard.posix.internal;

import java.io.File;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.posix.HeldSockets;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.Sockets;

/** Holds sockets until they are taken, or until their time is over. Immediate, since it has nobody who uses it meanwhile. */
@Component(immediate = true)
public final class HeldPorts implements HeldSockets {

    private static final long THREAD_SECONDS = 1;

    /** Something open that waits for its next owner. */
    private interface Waiting {
        String owner();

        int fd();

        /** Removes what is in the file system of it; the descriptor is closed by others. */
        default void removePath() {
        }
    }

    private record Port(String owner, SocketSpec spec, Held held) implements Waiting {
        boolean isAt(SocketSpec other) {
            return spec.family() == other.family() && spec.stream() == other.stream() && spec.port() == other.port()
                    && spec.address().equals(other.address());
        }

        @Override
        public int fd() {
            return held.fd();
        }

        @Override
        public void removePath() {
            if (spec.family() == SocketSpec.Family.UNIX) {
                new File(spec.address()).delete();
            }
        }
    }

    private record Client(String owner, HeldConnection connection) implements Waiting {
        @Override
        public int fd() {
            return connection.fd();
        }
    }

    private final Sockets sockets;
    /** With what closes each when its time is over; in the order in which they came. Guarded by itself, as is what follows. */
    private final Map<Waiting, Future<?>> waiting = new LinkedHashMap<>();
    private Optional<ScheduledThreadPoolExecutor> timer = Optional.empty();

    @Activate
    public HeldPorts(@Reference Sockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public void hold(String owner, SocketSpec spec, int fd, CompletionStage<?> free, Duration atMost) {
        keep(new Port(owner, spec, new Held(fd, free)), atMost);
    }

    @Override
    public void hold(String owner, HeldConnection connection, Duration atMost) {
        keep(new Client(owner, connection), atMost);
    }

    private void keep(Waiting one, Duration atMost) {
        synchronized (waiting) {
            waiting.put(one, timer().schedule(() -> expire(one), atMost.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    @Override
    public Optional<Held> take(String owner, SocketSpec spec) {
        List<Port> there = remove(owner, Port.class, port -> port.isAt(spec));
        Optional<Port> taken = there.stream().filter(port -> port.spec.equals(spec)).findFirst();
        there.stream().filter(port -> !taken.equals(Optional.of(port))).forEach(this::close);
        return taken.map(Port::held);
    }

    @Override
    public List<HeldConnection> takeConnections(String owner) {
        return remove(owner, Client.class, client -> true).stream().map(Client::connection).toList();
    }

    private <T extends Waiting> List<T> remove(String owner, Class<T> type, Predicate<T> which) {
        synchronized (waiting) {
            List<T> found = waiting.keySet().stream().filter(one -> one.owner().equals(owner)).filter(type::isInstance)
                    .map(type::cast).filter(which).toList();
            // What would close it must not keep the one who held it in memory.
            found.forEach(one -> waiting.remove(one).cancel(false));
            return found;
        }
    }

    private void expire(Waiting one) {
        boolean here;
        synchronized (waiting) {
            here = waiting.remove(one) != null;
        }
        if (here) {
            close(one);
        }
    }

    private void close(Waiting one) {
        one.removePath();
        sockets.close(one.fd());
    }

    /** A thread that is there only while something is held. */
    private ScheduledThreadPoolExecutor timer() {
        if (timer.isEmpty()) {
            ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "switchboard-held-sockets");
                thread.setDaemon(true);
                return thread;
            });
            made.setKeepAliveTime(THREAD_SECONDS, TimeUnit.SECONDS);
            made.allowCoreThreadTimeOut(true);
            made.setRemoveOnCancelPolicy(true);
            timer = Optional.of(made);
        }
        return timer.get();
    }

    @Deactivate
    void closeAll() {
        synchronized (waiting) {
            timer.ifPresent(ScheduledThreadPoolExecutor::shutdownNow);
            waiting.keySet().forEach(this::close);
            waiting.clear();
        }
    }
}
