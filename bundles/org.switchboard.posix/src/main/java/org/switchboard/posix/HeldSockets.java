package org.switchboard.posix;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Open sockets between one who served them and the next, who may be a newer version of the same code: the port stays open, and
 * clients wait in the kernel's queue. Safe for several threads.
 */
@ProviderType
public interface HeldSockets {

    /**
     * A socket that was held.
     *
     * @param fd owned by whoever took it
     * @param free completes when no program has the socket any more
     */
    record Held(int fd, CompletionStage<?> free) {
    }

    /**
     * Holds a socket. If nobody takes it in time it is closed, and the path of a Unix socket is removed with it. It outlives this
     * service where that is replaced by another version of itself, unless a program has it.
     *
     * @param owner whose socket it is: whoever takes it has to say the same
     * @param fd owned by this from now on
     * @param free completes when no program has the socket any more
     */
    void hold(String owner, SocketSpec spec, int fd, CompletionStage<?> free, Duration atMost);

    /**
     * A connection that was held.
     *
     * @param fd owned by whoever took it
     */
    record HeldConnection(int fd, SocketAddress remote, SocketAddress local) {
    }

    /**
     * Holds a connection that was accepted and waits to be served. If nobody takes it in time it is closed, as above.
     *
     * @param fd owned by this from now on
     */
    void holdConnection(String owner, int fd, Duration atMost);

    /** What is held now is closed after that time, unless it is taken or its own time is over before. */
    void closeAfter(Duration atMost);

    /** Gives back the connections that are held for that owner, in their order. */
    List<HeldConnection> takeConnections(String owner);

    /** Gives back what is held for that owner, if it is as specified. What is held for it otherwise at that address is closed. */
    Optional<Held> take(String owner, SocketSpec spec);
}
