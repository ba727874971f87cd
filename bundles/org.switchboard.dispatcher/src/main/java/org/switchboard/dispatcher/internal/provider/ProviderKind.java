package org.switchboard.dispatcher.internal.provider;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Constants;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;
import org.switchboard.api.provider.DatagramProvider;
import org.switchboard.api.provider.DescriptorProvider;
import org.switchboard.api.provider.StreamProvider;
import org.switchboard.netty.ChannelProvider;

/** The kinds of provider, in the order in which a stream entry prefers them. */
public enum ProviderKind {
    CHANNEL(ChannelProvider.class),
    STREAM(StreamProvider.class),
    DATAGRAM(DatagramProvider.class),
    DESCRIPTOR(DescriptorProvider.class);

    private final Class<?> type;

    ProviderKind(Class<?> type) {
        this.type = type;
    }

    /** A filter for services of each kind, one after the other. */
    static String filters() {
        StringBuilder filters = new StringBuilder();
        for (ProviderKind kind : values()) {
            filters.append('(').append(Constants.OBJECTCLASS).append('=').append(kind.type.getName()).append(')');
        }
        return filters.toString();
    }

    /** The interfaces, for people. */
    static String typeNames() {
        return Stream.of(values()).map(kind -> kind.type.getSimpleName()).collect(Collectors.joining(", "));
    }

    /** The kinds among the class names that a service is registered under. */
    static Set<ProviderKind> of(String[] objectClass) {
        Set<ProviderKind> kinds = EnumSet.noneOf(ProviderKind.class);
        for (String name : objectClass) {
            for (ProviderKind kind : values()) {
                if (kind.type.getName().equals(name)) {
                    kinds.add(kind);
                }
            }
        }
        return kinds;
    }

    /** The kind that serves this entry, of those available. Only a descriptor provider can take the socket of a {@code wait} entry. */
    static Optional<ProviderKind> serving(ServiceEntry entry, Set<ProviderKind> available) {
        Set<ProviderKind> fitting = entry.socketType() == SocketType.DGRAM
                ? EnumSet.of(DATAGRAM, DESCRIPTOR) : EnumSet.of(CHANNEL, STREAM, DESCRIPTOR);
        fitting.retainAll(available);
        return fitting.stream().findFirst();
    }

    /** Whether a provider of this kind takes the listening socket itself. A Unix datagram socket can only be taken whole. */
    public boolean takesListener(ServiceEntry entry) {
        boolean whole = entry.socketType() == SocketType.DGRAM && entry.protocol().transport() == Transport.UNIX;
        return this == DESCRIPTOR && (entry.mode() == Mode.WAIT || whole);
    }

    /** Whether a provider of this kind takes a datagram socket for each peer. */
    public boolean takesPeers(ServiceEntry entry) {
        return this == DESCRIPTOR && entry.socketType() == SocketType.DGRAM && !takesListener(entry);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
