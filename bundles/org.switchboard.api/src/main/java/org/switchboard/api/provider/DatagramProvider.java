package org.switchboard.api.provider;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Serves datagrams, one after the other for each listener, on a worker thread. While one is being served further ones wait
 * in a bounded queue; past its bound they are dropped.
 */
@ConsumerType
public interface DatagramProvider extends Provider {

    /** Serves one datagram; answers, if any, go through {@code reply} before this returns. */
    void serve(Datagram request, Reply reply) throws IOException;
}
