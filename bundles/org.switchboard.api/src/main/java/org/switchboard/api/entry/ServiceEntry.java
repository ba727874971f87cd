package org.switchboard.api.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.switchboard.api.entry.Protocol.Transport;

/**
 * One configured service. Everything is as it was written: a name is not yet a port and a host not yet an address, since
 * parsing, resolving and binding are three steps.
 *
 * @param name the service name as configured: a name of services(5), a port number in digits, or the path of a Unix socket
 * @param socketType agrees with the protocol: STREAM for TCP, DGRAM for UDP, either for Unix sockets
 * @param address the host or address to listen on; empty for every address of the host
 * @param port the port number where the configuration states one; empty when the name has to be looked up, or is a path
 * @param identity as whom a program runs; providers inside the server run as the server whatever this says
 * @param provider the name of the provider that serves the sessions ({@code echo}; {@code exec} for a program)
 * @param arguments the provider's arguments; for {@code exec} the path of the program and then its argv from argv[0] on
 * @param options policy, by option name; each option is owned by exactly one admission rule or part of the server
 * @param implied the names of the options that were not written for this entry: what its dialect or the server takes
 *     for granted
 */
public record ServiceEntry(
        String name,
        SocketType socketType,
        Protocol protocol,
        String address,
        OptionalInt port,
        Mode mode,
        Identity identity,
        String provider,
        List<String> arguments,
        Map<String, String> options,
        Set<String> implied,
        Origin origin) {

    /** The provider that starts programs. */
    public static final String EXEC = "exec";

    private static final int MAX_PORT = 65535;

    public ServiceEntry {
        Objects.requireNonNull(address);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(identity);
        Objects.requireNonNull(origin);
        arguments = List.copyOf(arguments);
        options = Map.copyOf(options);
        implied = Set.copyOf(implied);
        if (name.isEmpty() || provider.isEmpty()) {
            throw new IllegalArgumentException("an entry needs a name and a provider");
        }
        if (!agree(socketType, protocol.transport())) {
            throw new IllegalArgumentException("socket type " + socketType + " does not go with " + protocol.text());
        }
        if (port.isPresent() && (port.getAsInt() < 0 || port.getAsInt() > MAX_PORT)) {
            throw new IllegalArgumentException("port " + port.getAsInt() + " is not in 0 to " + MAX_PORT);
        }
    }

    /** An entry all of whose options were written. */
    public ServiceEntry(String name, SocketType socketType, Protocol protocol, String address, OptionalInt port,
            Mode mode,
            Identity identity, String provider, List<String> arguments, Map<String, String> options, Origin origin) {
        this(name, socketType, protocol, address, port, mode, identity, provider, arguments, options, Set.of(), origin);
    }

    /** Whether that type of socket exists for that transport. */
    public static boolean agree(SocketType socketType, Transport transport) {
        return switch (transport) {
            case TCP -> socketType == SocketType.STREAM;
            case UDP -> socketType == SocketType.DGRAM;
            case UNIX -> true;
        };
    }

    /**
     * The id of this entry: {@code name/protocol}, plus {@code @address} when the entry names one. Stable across reloads; no
     * two running entries share one.
     */
    public String id() {
        String id = name + "/" + protocol.text();
        return address.isEmpty() ? id : id + "@" + address;
    }

    /** Whether a program outside the server serves this entry. */
    public boolean isProgram() {
        return provider.equals(EXEC);
    }

    /** A builder, to be told what differs from a stream service for every address, {@code nowait}, as the server's user. */
    public static Builder builder(String name, Protocol protocol, Origin origin) {
        return new Builder(name, protocol, origin);
    }

    /** Collects the parts of an entry. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final Protocol protocol;
        private final Origin origin;
        private SocketType socketType;
        private String address = "";
        private OptionalInt port = OptionalInt.empty();
        private Mode mode = Mode.NOWAIT;
        private Identity identity = Identity.server();
        private String provider;
        private List<String> arguments = List.of();
        private Map<String, String> options = Map.of();

        private Builder(String name, Protocol protocol, Origin origin) {
            this.name = name;
            this.protocol = protocol;
            this.origin = origin;
            this.socketType = protocol.transport() == Transport.UDP ? SocketType.DGRAM : SocketType.STREAM;
            this.provider = name;
        }

        public Builder socketType(SocketType value) {
            socketType = value;
            return this;
        }

        public Builder address(String value) {
            address = value;
            return this;
        }

        public Builder port(int value) {
            port = OptionalInt.of(value);
            return this;
        }

        public Builder mode(Mode value) {
            mode = value;
            return this;
        }

        public Builder identity(Identity value) {
            identity = value;
            return this;
        }

        /** The provider that serves, {@code name} itself unless told otherwise, with its arguments. */
        public Builder provider(String value, List<String> itsArguments) {
            provider = value;
            arguments = itsArguments;
            return this;
        }

        /** The program at that path, with its argv from argv[0] on. */
        public Builder program(String path, List<String> argv) {
            List<String> words = new ArrayList<>(argv);
            words.add(0, path);
            return provider(EXEC, words);
        }

        public Builder options(Map<String, String> value) {
            options = value;
            return this;
        }

        /** @throws IllegalArgumentException if the parts contradict each other */
        public ServiceEntry build() {
            return new ServiceEntry(name, socketType, protocol, address, port, mode, identity, provider, arguments, options,
                    origin);
        }
    }
}
