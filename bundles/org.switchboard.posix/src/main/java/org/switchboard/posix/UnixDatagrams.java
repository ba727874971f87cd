package org.switchboard.posix;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** Sends datagrams to Unix domain sockets, such as the system's log. Safe for several threads. */
@ProviderType
public interface UnixDatagrams {

    /**
     * A socket connected to the datagram socket at that path; the caller closes it. A path that begins with {@code @} names a
     * socket without a file.
     *
     * @throws PosixException if nobody is there
     */
    Outlet connect(String path) throws IOException;

    /** The sending end. For one thread at a time. */
    @ProviderType
    interface Outlet extends AutoCloseable {

        /**
         * Sends one datagram, whole or not at all. Never blocks.
         *
         * @throws PosixException if the receiver is gone, or takes no more at the moment
         */
        void send(byte[] datagram) throws IOException;

        @Override
        void close();
    }
}
