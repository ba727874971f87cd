package org.switchboard.dispatcher.internal.listen;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.service.log.Logger;
import org.switchboard.dispatcher.internal.session.RepeatedMessage;
import org.switchboard.posix.Readiness;

/**
 * Watches a datagram socket whose datagrams are read by programs, each of which gets the socket with what is queued on it, while
 * another takes its place. Everything but the messages to it happens on the dispatcher thread.
 */
public final class PeerListener extends LoopListener {

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration REPEATED_FAILURE = Duration.ofMinutes(1);

    private final OpenSocket socket;
    private final Readiness readiness;
    private final ScheduledExecutorService dispatcher;
    private final Function<PeerListener, Duration> arrivals;
    private final Logger log;

    private final RepeatedMessage unwatchable = new RepeatedMessage(InstantSource.system(), REPEATED_FAILURE);

    private boolean watching;
    private boolean resting;
    private boolean closed;
    private Readiness.Watch watch = () -> { };

    /** @param arrivals called when something is queued; says how long to wait before looking again */
    public PeerListener(OpenSocket socket, Readiness readiness, ScheduledExecutorService dispatcher,
            Function<PeerListener, Duration> arrivals, Logger log) {
        this.socket = socket;
        this.readiness = readiness;
        this.dispatcher = dispatcher;
        this.arrivals = arrivals;
        this.log = log;
    }

    @Override
    void settle() {
        dispatcher.execute(this::apply);
    }

    private void apply() {
        if (watching && (closed || !isTaking())) {
            watch.cancel();
            watching = false;
        } else if (!watching && !resting && !closed && isTaking()) {
            watch();
        }
    }

    private void watch() {
        try {
            watch = readiness.watch(socket.fd(), () -> dispatcher.execute(this::readable));
            watching = true;
        } catch (IOException failed) {
            unwatchable.next().ifPresent(end ->
                    log.error("cannot watch {}: {}; trying again{}", socket, failed.getMessage(), end));
            rest(AFTER_FAILURE);
        }
    }

    private void readable() {
        if (!watching || closed) {
            return;
        }
        watching = false;
        Duration delay = look();
        if (delay.isZero()) {
            apply();
        } else {
            rest(delay);
        }
    }

    private Duration look() {
        try {
            return arrivals.apply(this);
        } catch (Throwable broken) {
            log.error("what is queued on {} could not be served; trying again", socket, broken);
            return AFTER_FAILURE;
        }
    }

    private void rest(Duration delay) {
        resting = true;
        dispatcher.schedule(() -> {
            resting = false;
            apply();
        }, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed = true;
        apply();
    }
}
