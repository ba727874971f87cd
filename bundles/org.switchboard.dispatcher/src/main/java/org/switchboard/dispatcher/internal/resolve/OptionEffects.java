package org.switchboard.dispatcher.internal.resolve;

import java.util.Optional;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;

/**
 * Which of the server's own options have no effect for an entry, and why.
 *
 * <p>Source: unix(7) for the buffers; what an accepted connection takes over from its listening socket was tried on
 * Linux.
 */
public final class OptionEffects {

    private OptionEffects() {
    }

    /** The reason, as the end of a sentence; empty if the option has an effect. */
    public static Optional<String> none(String option, ServiceEntry entry) {
        return switch (option) {
            case Resolver.LISTEN_OPTION -> listen(entry);
            case HostAddresses.OPTION -> addresses(entry);
            case SocketOptions.BACKLOG -> socket(entry).or(() -> when(entry.socketType() == SocketType.DGRAM,
                    "only connections are queued until they are accepted"));
            case SocketOptions.USER, SocketOptions.GROUP, SocketOptions.MODE -> when(!isUnix(entry),
                    "only the path of a Unix socket has an owner and a mode");
            case BufferSize.SEND_OPTION -> socket(entry).or(() -> buffer(entry));
            case BufferSize.RECEIVE_OPTION -> socket(entry).or(() -> buffer(entry)).or(() -> when(isUnix(entry),
                    "Linux has no receive buffer for Unix sockets"));
            default -> Optional.empty();
        };
    }

    private static Optional<String> listen(ServiceEntry entry) {
        return socket(entry).or(() -> when(isUnix(entry), "a Unix socket listens on its path"))
                .or(() -> when(!entry.address().isEmpty(), "the entry names address '" + entry.address() + "'"));
    }

    private static Optional<String> addresses(ServiceEntry entry) {
        boolean every = entry.address().isEmpty() && !entry.options().containsKey(Resolver.LISTEN_OPTION);
        return socket(entry).or(() -> when(isUnix(entry), "a Unix socket listens on its path"))
                .or(() -> when(every, "the entry names no host"));
    }

    private static Optional<String> socket(ServiceEntry entry) {
        return when(Multiplexed.is(entry), "the entry has no socket of its own, it is reached through "
                + Multiplexed.PROVIDER);
    }

    private static Optional<String> buffer(ServiceEntry entry) {
        return when(isUnix(entry) && entry.socketType() == SocketType.STREAM,
                "connections of a Unix socket do not take it over from the socket that listens");
    }

    private static boolean isUnix(ServiceEntry entry) {
        return entry.protocol().transport() == Transport.UNIX;
    }

    private static Optional<String> when(boolean condition, String reason) {
        return condition ? Optional.of(reason) : Optional.empty();
    }
}
