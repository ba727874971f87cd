package org.switchboard.posix.internal;

import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.switchboard.posix.PosixException;
import org.switchboard.posix.UnixDatagrams;

/** Datagrams by send(2). */
@Component
public final class LinuxUnixDatagrams implements UnixDatagrams {

    private final NativeParts parts;

    @Activate
    public LinuxUnixDatagrams(@Reference NativeParts parts) {
        this.parts = parts;
    }

    @Override
    public Outlet connect(String path) throws IOException {
        parts.require();
        byte[] address = SocketAddresses.peer(path);
        int fd = Errors.check(LibC.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK, 0),
                "socket for " + path);
        try {
            Errors.check(LibC.connect(fd, address, address.length), "connect " + path);
            return new ConnectedOutlet(fd, path);
        } catch (PosixException e) {
            LibC.close(fd);
            throw e;
        }
    }

    private static final class ConnectedOutlet implements Outlet {

        private final int fd;
        private final String path;
        private boolean closed;

        ConnectedOutlet(int fd, String path) {
            this.fd = fd;
            this.path = path;
        }

        @Override
        public void send(byte[] datagram) throws IOException {
            if (closed) {
                throw new PosixException("send to " + path + ": closed", 0);
            }
            if (LibC.send(fd, datagram, datagram.length, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL) < 0) {
                throw Errors.last("send to " + path);
            }
        }

        @Override
        public void close() {
            // The number may be somebody else's by the second time.
            if (!closed) {
                closed = true;
                LibC.close(fd);
            }
        }
    }
}
