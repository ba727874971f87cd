package org.switchboard.posix.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.log.Logger;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.Readiness.Watch;

/** One epoll descriptor and the thread {@code switchboard-readiness} that waits for it. */
final class EpollLoop {

    private static final int BATCH = 64;
    private static final long WAKE_UP = 0;
    /** struct epoll_event is packed on x86-64 alone. */
    private static final int DATA = System.getProperty("os.arch").equals("amd64") ? 4 : 8;
    private static final int EVENT = DATA + Long.BYTES;
    private static final long JOIN_MILLIS = 2000;

    private final int epoll;
    private final int wake;
    private final Logger log;
    private final Thread thread;
    private final AtomicLong numbers = new AtomicLong(WAKE_UP);
    private final Map<Long, Watched> watches = new ConcurrentHashMap<>();
    private volatile boolean closing;
    private boolean closed; // guarded by this

    private EpollLoop(int epoll, int wake, Logger log) {
        this.epoll = epoll;
        this.wake = wake;
        this.log = log;
        thread = new Thread(this::run, "switchboard-readiness");
        thread.setDaemon(true);
    }

    static EpollLoop start(Logger log) throws PosixException {
        int epoll = Errors.check(LibC.epoll_create1(LibC.EPOLL_CLOEXEC), "epoll_create1");
        int wake = LibC.eventfd(0, LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK);
        if (wake < 0) {
            PosixException failure = Errors.last("eventfd");
            LibC.close(epoll);
            throw failure;
        }
        LibC.epoll_ctl(epoll, LibC.EPOLL_CTL_ADD, wake, event(LibC.EPOLLIN, WAKE_UP));
        EpollLoop loop = new EpollLoop(epoll, wake, log);
        loop.thread.start();
        return loop;
    }

    Watch watch(int fd, Runnable onReadable) throws PosixException {
        Watched watched = new Watched(numbers.incrementAndGet(), fd, onReadable);
        watches.put(watched.number, watched);
        try {
            Errors.check(control(LibC.EPOLL_CTL_ADD, fd, event(LibC.EPOLLIN | LibC.EPOLLONESHOT, watched.number)),
                    "watch descriptor " + fd);
        } catch (PosixException e) {
            watches.remove(watched.number);
            throw e;
        }
        return watched;
    }

    /** After the end nothing is touched: the number of our descriptor may be somebody else's by then. */
    private synchronized int control(int operation, int fd, byte[] event) throws PosixException {
        if (closed) {
            throw new PosixException("watching descriptors has ended", 0);
        }
        return LibC.epoll_ctl(epoll, operation, fd, event);
    }

    void close() {
        closing = true;
        synchronized (this) {
            if (!closed) {
                LibC.eventfd_write(wake, 1);
            }
        }
        if (Thread.currentThread() != thread) {
            try {
                thread.join(JOIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        byte[] events = new byte[BATCH * EVENT];
        boolean waiting = true;
        while (waiting && !closing) {
            waiting = waitSafely(events);
        }
        watches.clear();
        synchronized (this) {
            closed = true;
            LibC.close(wake);
            LibC.close(epoll);
        }
    }

    /** An event that is not seen for a failure comes again: only those that were fired are over. */
    private boolean waitSafely(byte[] events) {
        try {
            return waitOnce(events);
        } catch (Throwable broken) {
            log.error("Waiting for descriptors failed and goes on", broken);
            return true;
        }
    }

    private boolean waitOnce(byte[] events) {
        int count = LibC.epoll_wait(epoll, events, BATCH, -1);
        if (count < 0 && Errors.last() != LibC.EINTR) {
            log.error("Waiting for descriptors failed ({}); programs that take their listener are not started any more",
                    Errors.text(Errors.last()));
            return false;
        }
        for (int i = 0; i < count && !closing; i++) {
            fire(ByteBuffer.wrap(events).order(ByteOrder.nativeOrder()).getLong(i * EVENT + DATA));
        }
        return true;
    }

    private void fire(long number) {
        Watched watched = watches.get(number);
        if (watched != null) {
            watched.fire();
        }
    }

    private static byte[] event(int events, long data) {
        return ByteBuffer.allocate(EVENT).order(ByteOrder.nativeOrder()).putInt(0, events).putLong(DATA, data).array();
    }

    private final class Watched implements Watch {
        private final long number;
        private final int fd;
        private final Runnable onReadable;
        /** Held while the action runs, so that cancelling waits for it; re-entrant, so that the action may cancel. */
        private final ReentrantLock lock = new ReentrantLock();
        private boolean over; // guarded by lock

        Watched(long number, int fd, Runnable onReadable) {
            this.number = number;
            this.fd = fd;
            this.onReadable = onReadable;
        }

        void fire() {
            lock.lock();
            try {
                if (finish()) {
                    onReadable.run();
                }
            } catch (Throwable e) {
                log.error("What was to happen when descriptor {} became readable failed; it is watched no longer", fd, e);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                finish();
            } finally {
                lock.unlock();
            }
        }

        private boolean finish() {
            if (over) {
                return false;
            }
            over = true;
            if (watches.remove(number) != null) {
                forget();
            }
            return true;
        }

        private void forget() {
            try {
                control(LibC.EPOLL_CTL_DEL, fd, event(0, 0));
            } catch (PosixException e) {
                log.debug("Descriptor {} went with the loop", fd, e);
            }
        }
    }
}
