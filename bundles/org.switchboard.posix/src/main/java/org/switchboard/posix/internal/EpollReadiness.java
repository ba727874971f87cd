package org.switchboard.posix.internal;

import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.Readiness;

/** Readiness by one epoll and the thread that waits for it; both come with the first watch. */
@Component
public final class EpollReadiness implements Readiness {

    private final NativeParts parts;
    private final Logger log;
    private EpollLoop loop; // guarded by this; created with the first watch
    private boolean closed; // guarded by this

    @Activate
    public EpollReadiness(@Reference NativeParts parts, @Reference(service = LoggerFactory.class) Logger log) {
        this.parts = parts;
        this.log = log;
    }

    @Override
    public Watch watch(int fd, Runnable onReadable) throws IOException {
        return loop().watch(fd, onReadable);
    }

    private synchronized EpollLoop loop() throws PosixException {
        if (closed) {
            throw new PosixException("watching descriptors has ended", 0);
        }
        parts.require();
        if (loop == null) {
            loop = EpollLoop.start(log);
        }
        return loop;
    }

    /** Ends all watches, which nobody is told. */
    @Deactivate
    void close() {
        EpollLoop running;
        synchronized (this) {
            closed = true;
            running = loop;
        }
        if (running != null) {
            running.close();
        }
    }
}
