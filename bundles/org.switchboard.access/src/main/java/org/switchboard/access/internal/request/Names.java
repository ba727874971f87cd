package org.switchboard.access.internal.request;

import java.net.InetAddress;
import java.util.Optional;

/** Names of hosts. Calls block, for a bounded time. */
public interface Names {

    /**
     * What a reverse look-up says, and whether the name leads back to the address.
     *
     * @param name empty if the address has no name
     * @param verified whether one of the addresses of the name is this one
     */
    record Found(Optional<String> name, boolean verified) {
        public static final Found NOTHING = new Found(Optional.empty(), false);
    }

    Found find(InetAddress address) throws InterruptedException;

    /** Whether the host of that name is in that netgroup. */
    boolean inNetgroup(String netgroup, String host) throws InterruptedException;
}
