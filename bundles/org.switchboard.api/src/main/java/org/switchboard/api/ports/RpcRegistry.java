package org.switchboard.api.ports;

import java.io.IOException;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sun RPC: the numbers of programs, and what the rpcbind of this host tells clients about where they are. Safe for several
 * threads; calls block for a few seconds at most.
 */
@ProviderType
public interface RpcRegistry {

    /** The number of a program by name or alias, or written as a number; empty if it is not known. Source: rpc(5). */
    OptionalLong program(String nameOrNumber);

    /**
     * Tells rpcbind where every version of a program is, in place of what it was told before. Doing so again changes nothing, and
     * repairs what an rpcbind that was restarted has forgotten.
     *
     * @throws IOException if there is no rpcbind, or it refuses; the message says which
     */
    void register(RpcService service) throws IOException;

    /**
     * Makes rpcbind forget it.
     *
     * @throws IOException if there is no rpcbind, or it refuses
     */
    void unregister(RpcService service) throws IOException;
}
