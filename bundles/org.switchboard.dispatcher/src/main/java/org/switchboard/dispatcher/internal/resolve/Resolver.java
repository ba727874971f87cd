package org.switchboard.dispatcher.internal.resolve;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;
import org.switchboard.api.ports.PortClaim;
import org.switchboard.api.ports.PortRegistry;
import org.switchboard.api.ports.RpcRegistry;
import org.switchboard.posix.AddressText;
import org.switchboard.posix.PosixUnavailableException;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.SocketSpec.Family;
import org.switchboard.posix.Sockets;
import org.switchboard.posix.Users;

/** Turns names of services, hosts and users into numbers. May block for as long as name services take. */
public final class Resolver {

    /** The option with which a source says where an entry without an address listens. */
    public static final String LISTEN_OPTION = "listen";

    /** The option with which a source switches a service off, its own and those of the same id elsewhere: {@code yes}. */
    public static final String DISABLE_OPTION = "disable";

    /** The options that the server itself understands. */
    public static final List<String> OPTIONS = List.of(
            LISTEN_OPTION,
            DISABLE_OPTION,
            HostAddresses.OPTION,
            BufferSize.SEND_OPTION,
            BufferSize.RECEIVE_OPTION,
            SocketOptions.BACKLOG,
            SocketOptions.USER,
            SocketOptions.GROUP,
            SocketOptions.MODE,
            Multiplexed.OPTION,
            RpcOptions.PROGRAM,
            RpcOptions.VERSIONS);

    private static final String EVERY_ADDRESS = "*";

    private final PortRegistry ports;
    private final Sockets sockets;
    private final Users users;
    private final Supplier<RpcRegistry> rpc;

    /** @param rpc asked for only when there is an RPC service */
    public Resolver(PortRegistry ports, Sockets sockets, Users users, Supplier<RpcRegistry> rpc) {
        this.rpc = rpc;
        this.ports = ports;
        this.sockets = sockets;
        this.users = users;
    }

    /** Resolves as far as possible; what stands in the way is the failure of the result. */
    public ResolvedEntry resolve(ServiceEntry entry) {
        List<String> notes = new ArrayList<>();
        OptionalInt port = OptionalInt.empty();
        List<PlannedSocket> planned = List.of();
        try {
            if (Multiplexed.is(entry)) {
                Multiplexed.check(entry);
                checkIdentity(entry, notes);
                return new ResolvedEntry(entry, port, planned, notes, Optional.empty());
            }
            port = port(entry);
            planned = entry.protocol().transport() == Transport.UNIX ? unixSocket(entry) : inetSockets(entry, port.getAsInt());
            checkIdentity(entry, notes);
            return new ResolvedEntry(entry, port, planned, notes, Optional.empty());
        } catch (UnresolvedException unresolved) {
            return new ResolvedEntry(entry, port, planned, notes, Optional.of(unresolved.getMessage()));
        }
    }

    /**
     * The official name for the name or alias by which an entry calls its provider: {@code discard} for {@code sink}. On a Unix
     * socket the names are those of TCP and UDP.
     */
    public String officialProvider(ServiceEntry entry) {
        Transport transport = entry.socketType() == SocketType.STREAM ? Transport.TCP : Transport.UDP;
        return ports.canonicalName(entry.provider(), transport).orElse(entry.provider());
    }

    /** The program of an RPC service that could be resolved; empty if the entry is none. */
    public Optional<RpcOptions> rpc(ServiceEntry entry) {
        try {
            return RpcOptions.has(entry) ? Optional.of(RpcOptions.read(entry, rpc.get())) : Optional.empty();
        } catch (UnresolvedException changedMeanwhile) {
            return Optional.empty();
        }
    }

    private OptionalInt port(ServiceEntry entry) throws UnresolvedException {
        if (RpcOptions.has(entry)) {
            RpcOptions.read(entry, rpc.get());
            return OptionalInt.of(entry.port().orElse(0));
        }
        if (entry.options().containsKey(RpcOptions.VERSIONS)) {
            throw new UnresolvedException("option '" + RpcOptions.VERSIONS + "' goes with '" + RpcOptions.PROGRAM + "'");
        }
        if (entry.protocol().transport() == Transport.UNIX || entry.port().isPresent()) {
            return entry.port();
        }
        OptionalInt port = ports.port(entry.name(), entry.protocol().transport());
        if (port.isEmpty()) {
            throw new UnresolvedException("unknown service '" + entry.name() + "' for " + entry.protocol().transport().text());
        }
        return port;
    }

    private List<PlannedSocket> unixSocket(ServiceEntry entry) throws UnresolvedException {
        SocketSpec spec = new SocketSpec(Family.UNIX, entry.socketType() == SocketType.STREAM, entry.name(), 0, false,
                SocketOptions.backlog(entry), BufferSize.receive(entry), BufferSize.send(entry), SocketOptions.access(entry, users));
        return List.of(new PlannedSocket(spec, Optional.empty()));
    }

    private List<PlannedSocket> inetSockets(ServiceEntry entry, int port) throws UnresolvedException {
        String address = entry.address().isEmpty()
                ? entry.options().getOrDefault(LISTEN_OPTION, EVERY_ADDRESS) : entry.address();
        List<PlannedSocket> planned = new ArrayList<>();
        if (address.equals(EVERY_ADDRESS)) {
            for (Family family : families(entry.protocol())) {
                planned.add(plan(entry, family, family == Family.INET ? "0.0.0.0" : "::", port));
            }
        } else {
            String which = entry.options().getOrDefault(HostAddresses.OPTION, HostAddresses.ALL);
            for (InetAddress resolved : HostAddresses.lookUp(address, entry.protocol(), which)) {
                Family family = resolved instanceof Inet4Address ? Family.INET : Family.INET6;
                planned.add(plan(entry, family, AddressText.withZone(resolved), port));
            }
        }
        return planned;
    }

    /** The families of the sockets for every address, as this host has them. */
    private List<Family> families(Protocol protocol) throws UnresolvedException {
        boolean v6 = sockets.supports(Family.INET6);
        return switch (protocol) {
            case TCP, UDP -> v6 ? List.of(Family.INET, Family.INET6) : List.of(Family.INET);
            case TCP4, UDP4 -> List.of(Family.INET);
            case TCP46, UDP46 -> List.of(v6 ? Family.INET6 : Family.INET);
            case TCP6, UDP6 -> {
                if (!v6) {
                    throw new UnresolvedException("this host has no IPv6 for '" + protocol.text() + "'");
                }
                yield List.of(Family.INET6);
            }
            case UNIX -> throw new IllegalArgumentException("a Unix socket has no IP family");
        };
    }

    private PlannedSocket plan(ServiceEntry entry, Family family, String address, int port) throws UnresolvedException {
        boolean stream = entry.socketType() == SocketType.STREAM;
        boolean dual = family == Family.INET6 && (entry.protocol() == Protocol.TCP46 || entry.protocol() == Protocol.UDP46);
        SocketSpec spec = new SocketSpec(family, stream, address, port, family == Family.INET6 && !dual,
                SocketOptions.backlog(entry), BufferSize.receive(entry), BufferSize.send(entry));
        if (port == 0) {
            // The kernel chooses: there is nothing to keep others off.
            return new PlannedSocket(spec, Optional.empty());
        }
        Protocol claimed = dual ? entry.protocol() : single(stream, family);
        boolean any = address.equals("0.0.0.0") || address.equals("::");
        PortClaim claim = new PortClaim(claimName(entry, port), claimed, any ? "" : address, port, entry.id(), entry.origin());
        return new PlannedSocket(spec, Optional.of(claim));
    }

    private static Protocol single(boolean stream, Family family) {
        if (family == Family.INET) {
            return stream ? Protocol.TCP4 : Protocol.UDP4;
        }
        return stream ? Protocol.TCP6 : Protocol.UDP6;
    }

    /** What the port is called: its official name, or that of the service, or of what serves it. */
    private String claimName(ServiceEntry entry, int port) {
        return ports.name(port, entry.protocol().transport()).orElseGet(() -> {
            if (!entry.name().equals(String.valueOf(port))) {
                return entry.name();
            }
            String server = entry.isProgram() ? entry.arguments().get(Math.min(1, entry.arguments().size() - 1)) : entry.provider();
            return server.substring(server.lastIndexOf('/') + 1);
        });
    }

    /**
     * A user must exist even where it is not applied: a typo must not wait for the day on which it is. As whom a program runs
     * is the business of who starts it.
     */
    private void checkIdentity(ServiceEntry entry, List<String> notes) throws UnresolvedException {
        Identity identity = entry.identity();
        if (identity.isServer() || entry.isProgram()) {
            return;
        }
        try {
            Identity existing = existing(identity);
            if (existing.group().isPresent() && users.group(existing.group().get()).isEmpty()) {
                throw new UnresolvedException("unknown group '" + existing.group().get() + "'");
            }
        } catch (PosixUnavailableException unavailable) {
            notes.add("user '" + identity + "' was not looked up: " + unavailable.getMessage());
        } catch (IOException failed) {
            throw new UnresolvedException("cannot look up user '" + identity + "': " + failed.getMessage());
        }
        notes.add("user '" + identity + "' is not applied: provider '" + entry.provider() + "' runs inside the server");
    }

    /** {@code a.b} is the user of that name, and where there is none, user {@code a} with group {@code b}. */
    private Identity existing(Identity written) throws IOException, UnresolvedException {
        if (users.user(written.user()).isPresent()) {
            return written;
        }
        Optional<Identity> split = written.splitAtDot();
        if (split.isPresent() && users.user(split.get().user()).isPresent()) {
            return split.get();
        }
        throw new UnresolvedException("unknown user '" + written.user() + "'");
    }
}
