package org.switchboard.posix.internal;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

    private record Port(String owner, SocketSpec spec, Held held) {
        boolean isAt(SocketSpec other) {
            return spec.family() == other.family() && spec.stream() == other.stream() && spec.port() == other.port()
                    && spec.address().equals(other.address());
        }
    }

    private final Sockets sockets;
    private final List<Port> ports = new ArrayList<>(); // guarded by itself, as is what follows
    private Optional<ScheduledThreadPoolExecutor> timer = Optional.empty();

    @Activate
    public HeldPorts(@Reference Sockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public void hold(String owner, SocketSpec spec, int fd, CompletionStage<?> free, Duration atMost) {
        Port port = new Port(owner, spec, new Held(fd, free));
        synchronized (ports) {
            ports.add(port);
            timer().schedule(() -> expire(port), atMost.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public Optional<Held> take(String owner, SocketSpec spec) {
        Optional<Held> taken = Optional.empty();
        synchronized (ports) {
            for (Iterator<Port> all = ports.iterator(); all.hasNext(); ) {
                Port port = all.next();
                if (port.owner.equals(owner) && port.isAt(spec)) {
                    all.remove();
                    if (taken.isEmpty() && port.spec.equals(spec)) {
                        taken = Optional.of(port.held);
                    } else {
                        close(port);
                    }
                }
            }
        }
        return taken;
    }

    private void expire(Port port) {
        boolean here;
        synchronized (ports) {
            here = ports.remove(port);
        }
        if (here) {
            close(port);
        }
    }

    private void close(Port port) {
        if (port.spec.family() == SocketSpec.Family.UNIX) {
            new File(port.spec.address()).delete();
        }
        sockets.close(port.held.fd());
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
            timer = Optional.of(made);
        }
        return timer.get();
    }

    @Deactivate
    void closeAll() {
        synchronized (ports) {
            timer.ifPresent(ScheduledThreadPoolExecutor::shutdownNow);
            ports.forEach(this::close);
            ports.clear();
        }
    }
}
