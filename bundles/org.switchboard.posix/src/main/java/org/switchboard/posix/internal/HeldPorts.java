package org.switchboard.posix.internal;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.posix.HeldSockets;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.Sockets;
import org.switchboard.posix.SystemText;

/**
 * Holds sockets until they are taken, or until their time is over. When this bundle itself is replaced, they are left to its next
 * version. Immediate, since it has nobody who uses it meanwhile.
 */
@Component(immediate = true)
public final class HeldPorts implements HeldSockets {

    private static final long THREAD_SECONDS = 1;
    /** How long the next version of this bundle, and what takes from it, may take to come at least. */
    private static final Duration HEIR = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 100;

    private final Sockets sockets;
    private final Bequest bequest;
    private final BooleanSupplier hasNoHeir;
    /** Complete when nothing is held any more, and nothing will be. */
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    /** With what closes each when its time is over; in the order in which they came. Guarded by itself, as is what follows. */
    private final Map<Kept, ScheduledFuture<?>> waiting = new LinkedHashMap<>();
    private Optional<ScheduledThreadPoolExecutor> timer = Optional.empty();
    /** Whether all was left to the next version: who still has something for this one comes too late. */
    private boolean left;

    @Activate
    public HeldPorts(@Reference Sockets sockets, @Reference NativeParts parts, BundleContext context) {
        this(sockets, new Bequest(context), hasNoHeir(context.getBundle(), context.getBundle(0)));
        parts.neededUntil(over);
    }

    /** @param hasNoHeir whether it is known that no other version of this bundle comes */
    HeldPorts(Sockets sockets, Bequest bequest, BooleanSupplier hasNoHeir) {
        this.sockets = sockets;
        this.bequest = bequest;
        this.hasNoHeir = hasNoHeir;
        bequest.claim().forEach((one, left) -> keep(one, longer(left, HEIR)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Asked when the context of the bundle is no longer valid. */
    private static BooleanSupplier hasNoHeir(Bundle own, Bundle framework) {
        return () -> own.getState() == Bundle.UNINSTALLED || (framework.getState() & (Bundle.STARTING | Bundle.ACTIVE)) == 0;
    }

    @Override
    public void hold(String owner, SocketSpec spec, int fd, CompletionStage<?> free, Duration atMost) {
        keep(Kept.port(owner, spec, fd, free), atMost);
    }

    @Override
    public void holdConnection(String owner, int fd, Duration atMost) {
        keep(Kept.client(owner, fd), atMost);
    }

    private void keep(Kept one, Duration atMost) {
        synchronized (waiting) {
            if (left) {
                close(one);
                return;
            }
            waiting.put(one, expiry(one, atMost));
        }
    }

    private ScheduledFuture<?> expiry(Kept one, Duration atMost) {
        return timer().schedule(() -> expire(one), atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void closeAfter(Duration atMost) {
        synchronized (waiting) {
            waiting.replaceAll((one, expiry) -> {
                if (timeLeft(expiry).compareTo(atMost) <= 0) {
                    return expiry;
                }
                expiry.cancel(false);
                return expiry(one, atMost);
            });
        }
    }

    private static Duration timeLeft(ScheduledFuture<?> expiry) {
        return Duration.ofMillis(Math.max(0, expiry.getDelay(TimeUnit.MILLISECONDS)));
    }

    @Override
    public Optional<Held> take(String owner, SocketSpec spec) {
        List<Kept> there = remove(one -> one.owner().equals(owner) && one.place().equals(Kept.place(spec)));
        Optional<Kept> taken = there.stream().filter(port -> port.spec().equals(spec.toString())).findFirst();
        there.stream().filter(port -> !taken.equals(Optional.of(port))).forEach(this::close);
        return taken.map(port -> new Held(port.fd(), port.free()));
    }

    @Override
    public List<HeldConnection> takeConnections(String owner) {
        List<HeldConnection> connections = new ArrayList<>();
        for (Kept client : remove(one -> one.owner().equals(owner) && !one.isPort())) {
            Optional<SocketAddress> remote = sockets.remoteAddress(client.fd());
            try {
                SocketAddress local = sockets.localAddress(client.fd());
                connections.add(new HeldConnection(client.fd(), remote.orElseThrow(() -> new IOException("it has gone")), local));
            } catch (IOException gone) {
                close(client);
            }
        }
        return connections;
    }

    private List<Kept> remove(Predicate<Kept> which) {
        synchronized (waiting) {
            List<Kept> found = waiting.keySet().stream().filter(which).toList();
            // What would close it must not keep the one who held it in memory.
            found.forEach(one -> waiting.remove(one).cancel(false));
            return found;
        }
    }

    private void expire(Kept one) {
        boolean here;
        synchronized (waiting) {
            here = waiting.remove(one) != null;
        }
        if (here) {
            close(one);
        }
    }

    private void close(Kept one) {
        if (!one.path().isEmpty()) {
            removePath(one.path());
        }
        if (one.isPort()) {
            sockets.close(one.fd());
        } else {
            // It may have been greeted.
            sockets.end(one.fd());
        }
    }

    private static void removePath(String path) {
        try {
            Files.deleteIfExists(SystemText.path(path));
        } catch (IOException e) {
            // It stays; the next one to bind it finds nobody listening and removes it.
        }
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
            // What would have closed something later must not keep the thread when nothing is held any more.
            made.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            timer = Optional.of(made);
        }
        return timer.get();
    }

    /**
     * Leaves what is held to the next version of this bundle. What a program has is closed: nobody would tell the next version
     * when the program ends, and until then the port is the program's.
     */
    @Deactivate
    void leave() {
        synchronized (waiting) {
            left = true;
            Map<Kept, Duration> free = new LinkedHashMap<>();
            waiting.forEach((one, expiry) -> {
                if (one.isFree()) {
                    free.put(one, longer(timeLeft(expiry), HEIR));
                } else {
                    sockets.close(one.fd());
                }
            });
            remove(one -> true);
            if (free.isEmpty() || hasNoHeir.getAsBoolean()) {
                free.keySet().forEach(this::close);
                timer.ifPresent(ScheduledThreadPoolExecutor::shutdownNow);
                over.complete(null);
                return;
            }
            bequest.leave(free);
            long end = System.nanoTime() + Collections.max(free.values()).toNanos();
            timer().scheduleWithFixedDelay(() -> watch(end), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Closes what was left if nobody comes for it; the classes of this version stay for that long. */
    private void watch(long end) {
        if (hasNoHeir.getAsBoolean() || System.nanoTime() - end > 0) {
            bequest.claim().keySet().forEach(this::close);
        }
        if (bequest.isClaimed()) {
            synchronized (waiting) {
                timer().shutdown();
            }
            over.complete(null);
        }
    }
}
