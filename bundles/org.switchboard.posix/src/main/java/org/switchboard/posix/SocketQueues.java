package org.switchboard.posix;

import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.switchboard.posix.DatagramSockets.First;

/**
 * Says whether a program that had the socket of a port took something from its queue. Nothing here takes anything from
 * it, and nothing blocks. Safe for several threads.
 */
@ProviderType
public interface SocketQueues {

    /** What became of a queue between two looks. */
    enum Taken {
        /** Something was taken. */
        SOMETHING,
        /** Everything that was queued is still there. */
        NOTHING,
        /** The kernel does not tell. */
        UNKNOWN
    }

    /**
     * A queue at one moment.
     *
     * @param waiting how many connections or datagrams wait; {@link #UNKNOWN} if the kernel does not tell, but for none
     * @param arrivals a count that grows with every connection that arrives here, and perhaps elsewhere; {@link
     *     #UNKNOWN} if
     *     there is none
     * @param first the first datagram; empty for connections, and where the kernel does not tell one from another
     */
    record Look(long waiting, long arrivals, Optional<First> first) {

        /** The kernel does not say how many. */
        public static final long UNKNOWN = -1;

        public Look {
            Objects.requireNonNull(first);
        }

        /** Whether something was taken from the queue since an earlier look, at which something was queued. */
        public Taken takenSince(Look before) {
            if (waiting == 0 || waiting != UNKNOWN && waiting < before.waiting) {
                return Taken.SOMETHING;
            }
            if (first.isPresent() && before.first.isPresent()) {
                return first.equals(before.first) ? Taken.NOTHING : Taken.SOMETHING;
            }
            boolean counted = waiting != UNKNOWN && before.waiting != UNKNOWN && arrivals != UNKNOWN
                    && before.arrivals != UNKNOWN;
            long mostTaken = before.waiting + (arrivals - before.arrivals) - waiting;
            return counted && mostTaken <= 0 ? Taken.NOTHING : Taken.UNKNOWN;
        }
    }

    /** Looks at the queue of a listening socket or of a datagram socket. */
    Look look(int fd);
}
