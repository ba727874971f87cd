package org.switchboard.api.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/** Answers the sender of a datagram. */
@ProviderType
public interface Reply {

    /**
     * Sends one datagram back. The bytes from position to limit are copied. An answer that the network cannot take now is
     * dropped, as datagrams may be.
     *
     * @throws IOException if the answer can never be sent, because it is too long or the listener is closed
     */
    void send(ByteBuffer content) throws IOException;
}
