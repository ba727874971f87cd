package org.switchboard.api.provider;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.api.entry.ServiceEntry;

/**
 * The way to entries that have no port of their own, which are those with the option {@code mux}: a provider that finds out
 * what a client wants, such as tcpmux, hands the connection on to one of them. Safe for use by several threads; never blocks.
 */
@ProviderType
public interface Switchyard {

    /** The entries that can be reached now, in the order of their ids. */
    List<ServiceEntry> entries();

    /**
     * Hands a connection on, to be admitted, served and logged as if the entry had accepted it itself. What is unread stays in
     * the kernel.
     *
     * @param fd a connected stream socket, of which a duplicate is taken; its mode may be changed
     * @param greeting sent to the client as soon as it is admitted, before the entry's provider sees the connection; may be empty
     * @return false, with nothing done, if that entry cannot be reached any more
     * @throws IOException if the connection cannot be taken over; it is the caller's still
     */
    boolean pass(ServiceEntry entry, int fd, byte[] greeting) throws IOException;
}
