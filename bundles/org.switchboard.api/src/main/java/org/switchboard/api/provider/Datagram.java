package org.switchboard.api.provider;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.entry.ServiceEntry;

/** One datagram that arrived. */
@ProviderType
public interface Datagram {

    /** The entry that this datagram is served for. */
    ServiceEntry entry();

    /** The sender; for Unix sockets without a name an address whose text is empty. */
    SocketAddress from();

    /** The address that the datagram was received on. */
    SocketAddress to();

    /** The bytes, read-only; valid for as long as the call lasts. */
    ByteBuffer content();
}
