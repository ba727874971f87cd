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
     * @param failed whether a look-up failed, so that nothing of this is certain
     */
    record Found(Optional<String> name, boolean verified, boolean failed) {
        public static final Found NOTHING = new Found(Optional.empty(), false);
        public static final Found FAILED = new Found(Optional.empty(), false, true);

        /** What is certain. */
        public Found(Optional<String> name, boolean verified) {
            this(name, verified, false);
        }
    }

    Found find(InetAddress address) throws InterruptedException;

    /** Whether the host of that name is in that netgroup. */
    boolean inNetgroup(String netgroup, String host) throws InterruptedException, UndecidedException;
}
