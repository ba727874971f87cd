package org.switchboard.posix;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Names of hosts as the system's name services know them (getnameinfo, innetgr), unlike Java, which answers with the address
 * where the name does not lead back to it. Calls may block for as long as a resolver takes.
 */
@ProviderType
public interface HostNames {

    /**
     * The name of that address, unverified; empty if it has none.
     *
     * @throws IOException if the look-up fails, so that it may have one
     */
    Optional<String> name(InetAddress address) throws IOException;

    /** Whether a host, by name, is in that netgroup; false where the system knows no such group. */
    boolean inNetgroup(String netgroup, String host) throws IOException;
}
