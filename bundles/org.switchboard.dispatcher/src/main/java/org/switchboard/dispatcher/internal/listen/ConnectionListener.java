package org.switchboard.dispatcher.internal.listen;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.NativeInetAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.osgi.service.log.Logger;
import org.switchboard.dispatcher.internal.session.Addresses;
import org.switchboard.dispatcher.internal.session.RepeatedMessage;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.Sockets;

/**
 * Accepts connections on an event loop, and reports each as a bare descriptor: one that is meant for a program must never be
 * registered with a loop, which would read from it, and one that is answered at once need not be.
 */
public final class ConnectionListener extends LoopListener {

    private static final long FIRST_BACK_OFF_MILLIS = 100;
    private static final long LAST_BACK_OFF_MILLIS = 10_000;
    private static final Duration REPEATED_FAILURE = Duration.ofMinutes(1);
    /** The client has gone before it was accepted: its own affair, not a failure. */
    private static final int ECONNABORTED = 103;
    private static final int MOST_AT_ONCE = 64;
    /** So many times in a row a client waited for each look, before there are more looks. */
    private static final int FULL_BEFORE_MORE = 2;
    private static final int GROWTH = 4;
    /** From that many at once on, the queue is long and the loop busy: a client is not to wait for all others. */
    private static final int BUSY = 16;

    private final String endpoint;
    private final BiConsumer<LoopListener, AcceptedConnection> arrivals;
    private final Logger log;
    private final IoEventLoop loop;
    private final Acceptor acceptor;
    private final RepeatedMessage failures = new RepeatedMessage(InstantSource.system(), REPEATED_FAILURE);
    private final IoRegistration registration;

    /** @param arrivals gets every connection and owns it from then on; called on the event loop */
    public ConnectionListener(OpenSocket open, IoEventLoop loop, BiConsumer<LoopListener, AcceptedConnection> arrivals, Logger log)
            throws IOException {
        this.endpoint = open.toString();
        this.arrivals = arrivals;
        this.log = log;
        this.loop = loop;
        this.acceptor = new Acceptor(open);
        this.registration = Loops.register(acceptor, loop);
    }

    @Override
    public void close() {
        Loops.run(loop, () -> {
            if (!isLost()) {
                registration.cancel();
            }
            acceptor.close();
        });
    }

    @Override
    public boolean isLost() {
        return loop.isShuttingDown();
    }

    @Override
    void settle() {
        if (isLost()) {
            return;
        }
        if (!loop.inEventLoop()) {
            try {
                loop.execute(this::settle);
            } catch (RejectedExecutionException ended) {
                // Another listener takes the place of this one.
            }
        } else if (registration.isValid()) {
            registration.submit(isTaking() && !acceptor.backingOff ? EpollIoOps.EPOLLIN : EpollIoOps.NONE);
        }
    }

    /** The listening socket in the eyes of the event loop, on which everything here happens. */
    private final class Acceptor implements EpollIoHandle {
        /** As accept(2) is bound by Netty: the length, then that many bytes of address, scope and port. */
        private final byte[] peer = new byte[32];
        private final Socket socket;
        private final Sockets sockets;
        private final boolean unix;
        private final SocketAddress local;
        private final boolean wildcard;
        private long backOffMillis = FIRST_BACK_OFF_MILLIS;
        private boolean backingOff;
        private boolean failed;
        private int burst = 1;
        private int full;
        private boolean again;
        /** Where accepting fails and succeeds by turns, the first of a minute is logged. */
        private boolean logged;

        Acceptor(OpenSocket open) throws IOException {
            sockets = open.sockets();
            unix = open.spec().family() == SocketSpec.Family.UNIX;
            local = open.local();
            wildcard = local instanceof InetSocketAddress inet && inet.getAddress().isAnyLocalAddress();
            socket = new Socket(open.duplicate());
        }

        @Override
        public FileDescriptor fd() {
            return socket;
        }

        @Override
        public void handle(IoRegistration mine, IoEvent event) {
            accept();
        }

        /** Between the events of others: by themselves they leave the listener one turn for all of theirs. */
        private void acceptMore() {
            again = false;
            if (registration.isValid()) {
                accept();
            }
        }

        private void accept() {
            if (!isTaking() || backingOff) {
                return;
            }
            try {
                acceptSome();
            } catch (Errors.NativeIoException cannot) {
                if (cannot.expectedErr() != -ECONNABORTED) {
                    backOff(cannot);
                }
            } catch (IOException cannot) {
                backOff(cannot);
            } catch (Throwable broken) {
                backOff(new IOException(broken));
            }
        }

        /**
         * One client at a time, as long as that empties the queue: another look costs a system call. Where clients wait time
         * after time, because the loop is busy with others, more and more.
         */
        private void acceptSome() throws IOException {
            for (int i = 0; i < burst && isTaking() && !backingOff; i++) {
                int fd = socket.accept(peer);
                if (fd < 0) {
                    burst = 1;
                    full = 0;
                    return;
                }
                succeeded();
                arrived(fd);
            }
            full++;
            if (full == FULL_BEFORE_MORE) {
                full = 0;
                burst = Math.min(GROWTH * burst, MOST_AT_ONCE);
            }
            if (burst >= BUSY && !again) {
                again = true;
                // Not before others have had a turn, as a task would be.
                loop.schedule(this::acceptMore, 0, TimeUnit.NANOSECONDS);
            }
        }

        /** Whatever goes wrong with one client costs that client, and never the loop. */
        private void arrived(int fd) {
            AcceptedConnection connection = new AcceptedConnection(fd, remote(), local(fd), sockets);
            try {
                arrivals.accept(ConnectionListener.this, connection);
            } catch (Throwable broken) {
                connection.close();
                log.error("a client of {} could not be served; its connection is closed", endpoint, broken);
            }
        }

        private SocketAddress remote() {
            return unix ? Addresses.UNNAMED : NativeInetAddress.address(peer, 1, peer[0]);
        }

        private SocketAddress local(int fd) {
            return wildcard ? new Socket(fd).localAddress() : local;
        }

        private void succeeded() {
            if (failed) {
                if (logged) {
                    log.info("accepting on {} again", endpoint);
                }
                failed = false;
                backOffMillis = FIRST_BACK_OFF_MILLIS;
            }
        }

        /** Accepting failed, most often for want of descriptors. Going on at once would spin. */
        private void backOff(IOException cannot) {
            if (!failed) {
                Optional<String> end = failures.next();
                end.ifPresent(count -> log.warn("cannot accept on {}: {}; trying again{}", endpoint,
                        cannot.getMessage(), count));
                logged = end.isPresent();
            }
            failed = true;
            backingOff = true;
            settle();
            loop.schedule(this::tryAgain, backOffMillis, TimeUnit.MILLISECONDS);
            backOffMillis = Math.min(2 * backOffMillis, LAST_BACK_OFF_MILLIS);
        }

        private void tryAgain() {
            backingOff = false;
            settle();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException gone) {
                // Whatever close(2) says, the descriptor is gone.
            }
        }
    }
}
