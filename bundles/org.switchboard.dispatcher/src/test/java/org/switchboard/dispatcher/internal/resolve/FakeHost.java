package org.switchboard.dispatcher.internal.resolve;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.ports.PortClaim;
import org.switchboard.api.ports.PortHolder;
import org.switchboard.api.ports.PortRegistry;
import org.switchboard.api.ports.PortStatus;
import org.switchboard.api.ports.Reservation;
import org.switchboard.api.ports.RpcRegistry;
import org.switchboard.api.ports.RpcService;
import org.switchboard.posix.Account;
import org.switchboard.posix.SocketSpec;
import org.switchboard.posix.Sockets;
import org.switchboard.posix.Users;

/** A host with the names, users and address families that a test gives it. */
final class FakeHost implements PortRegistry, Users {

    private final Map<String, Integer> ports = new HashMap<>();
    private final Set<String> users = new HashSet<>();
    private final Set<String> groups = new HashSet<>();
    private final RpcRegistry rpc = new Programs();
    private boolean v6 = true;

    /** Knows rusersd, 100002, and numbers. */
    private static final class Programs implements RpcRegistry {
        @Override
        public OptionalLong program(String nameOrNumber) {
            if (nameOrNumber.equals("rusersd")) {
                return OptionalLong.of(100_002);
            }
            return nameOrNumber.matches("[1-9]\\d{0,8}") ? OptionalLong.of(Long.parseLong(nameOrNumber)) : OptionalLong.empty();
        }

        @Override
        public void register(RpcService service) {
            throw new AssertionError("resolving registers nothing");
        }

        @Override
        public void unregister(RpcService service) {
            throw new AssertionError("resolving unregisters nothing");
        }
    }

    FakeHost service(String name, int port) {
        ports.put(name, port);
        return this;
    }

    FakeHost withUser(String name) {
        users.add(name);
        return this;
    }

    FakeHost withGroup(String name) {
        groups.add(name);
        return this;
    }

    FakeHost withoutIpv6() {
        v6 = false;
        return this;
    }

    Resolver resolver() {
        Sockets sockets = (Sockets) Proxy.newProxyInstance(Sockets.class.getClassLoader(), new Class<?>[] {Sockets.class},
                (proxy, method, arguments) -> method.getName().equals("supports")
                        && (v6 || arguments[0] != SocketSpec.Family.INET6));
        return new Resolver(this, sockets, this, () -> rpc);
    }

    @Override
    public OptionalInt port(String name, Transport transport) {
        return ports.containsKey(name) ? OptionalInt.of(ports.get(name)) : OptionalInt.empty();
    }

    @Override
    public Optional<String> name(int port, Transport transport) {
        return ports.entrySet().stream().filter(entry -> entry.getValue() == port).map(Map.Entry::getKey).findFirst();
    }

    @Override
    public Optional<String> canonicalName(String nameOrAlias, Transport transport) {
        return Optional.of(nameOrAlias).filter(ports::containsKey);
    }

    @Override
    public Reservation reserve(PortClaim claim) {
        throw new UnsupportedOperationException("resolving reserves nothing");
    }

    @Override
    public List<PortStatus> reservations() {
        return List.of();
    }

    @Override
    public Optional<PortHolder> holder(PortClaim claim) {
        return Optional.empty();
    }

    @Override
    public Optional<Account> user(String name) {
        return users.contains(name) ? Optional.of(new Account(name, 1, 1, List.of(), "/", "/bin/sh")) : Optional.empty();
    }

    @Override
    public Optional<String> userName(int uid) {
        return Optional.empty();
    }

    @Override
    public OptionalInt group(String name) {
        return groups.contains(name) ? OptionalInt.of(1) : OptionalInt.empty();
    }

    @Override
    public int effectiveUser() {
        return 0;
    }
}
