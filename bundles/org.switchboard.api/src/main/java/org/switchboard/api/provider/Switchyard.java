package org.switchboard.api.provider;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
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
     * Finds an entry to hand a connection on to. Where none can be reached now that is wanted, and one may be in a moment, this
     * waits for that moment: until a reload that is under way has taken effect, and as long as clients of the entry would wait
     * for its provider, for a minute at most.
     *
     * @param wanted asked about several entries, perhaps more than once, on any thread
     * @return completes with the first that can be reached, in the order of their ids, or with none; at once where nothing is to be
     *     waited for
     */
    CompletionStage<Optional<ServiceEntry>> find(Predicate<ServiceEntry> wanted);

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
