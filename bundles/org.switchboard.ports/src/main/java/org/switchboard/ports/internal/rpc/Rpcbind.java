package org.switchboard.ports.internal.rpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Component;
import org.switchboard.api.ports.RpcRegistry;
import org.switchboard.api.ports.RpcService;
import org.switchboard.posix.AddressText;

/** The rpcbind of this host. A delayed component, so that a server without RPC services never loads it. */
@Component
public final class Rpcbind implements RpcRegistry {

    private static final Duration DEADLINE = Duration.ofSeconds(3);

    private final RpcNames names;
    private final Path socket;

    public Rpcbind() {
        this(new RpcNames(Path.of("/etc/rpc")), Path.of("/run/rpcbind.sock"));
    }

    Rpcbind(RpcNames names, Path socket) {
        this.names = names;
        this.socket = socket;
    }

    @Override
    public OptionalLong program(String nameOrNumber) {
        return names.program(nameOrNumber);
    }

    /**
     * As the inetds do, what somebody else has said about it is forgotten; but only if it is not what is to be said now.
     */
    @Override
    public void register(RpcService service) throws IOException {
        try (RpcbindConnection rpcbind = connect()) {
            for (Map.Entry<String, InetSocketAddress> each : service.addresses().entrySet()) {
                String address = universal(each.getValue());
                for (int version = service.firstVersion(); version <= service.lastVersion(); version++) {
                    if (!rpcbind.set(service.program(), version, each.getKey(), address)
                            && !(rpcbind.unset(service.program(), version, each.getKey())
                                    && rpcbind.set(service.program(), version, each.getKey(), address))) {
                        throw new IOException("rpcbind refuses program " + service.program() + " version " + version + " for "
                                + each.getKey() + ": another user has registered it");
                    }
                }
            }
        }
    }

    @Override
    public void unregister(RpcService service) throws IOException {
        try (RpcbindConnection rpcbind = connect()) {
            for (String transport : service.addresses().keySet()) {
                for (int version = service.firstVersion(); version <= service.lastVersion(); version++) {
                    rpcbind.unset(service.program(), version, transport);
                }
            }
        }
    }

    private RpcbindConnection connect() throws IOException {
        try {
            return RpcbindConnection.open(socket, DEADLINE);
        } catch (IOException failed) {
            throw new IOException(Files.exists(socket) ? "rpcbind does not answer: " + failed.getMessage()
                    : "rpcbind is not running (there is no " + socket + ")", failed);
        }
    }

    /** {@code 127.0.0.1.4.10} for port 1034. Source: RFC 5665. */
    private static String universal(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String text = AddressText.of(host);
        return text + "." + (address.getPort() >> 8) + "." + (address.getPort() & 0xff);
    }
}
