package org.switchboard.api.provider;

import java.io.IOException;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.switchboard.api.entry.ServiceEntry;

/**
 * Serves by taking the kernel socket itself: an accepted connection with {@code nowait}, the listening or datagram socket
 * with {@code wait}.
 */
@ConsumerType
public interface DescriptorProvider extends Provider {

    /**
     * Why that entry could not be served now, in words for the operator ({@code /usr/sbin/in.ftpd: No such file or
     * directory}); empty when nothing stands in the way. Asked before the port is opened and again from time to time while
     * there is an obstacle. May block briefly.
     */
    default Optional<String> obstacle(ServiceEntry entry) {
        return Optional.empty();
    }

    /**
     * Starts one instance on the socket and returns without waiting for it. Called on a worker thread.
     *
     * @return the running instance; a start that fails later than this call shows as its ending
     * @throws IOException if the instance could not be started; the message says which step failed and why
     */
    Instance start(SocketDescriptor socket) throws IOException;
}
