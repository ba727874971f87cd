package org.switchboard.provider.exec.internal;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.provider.SocketDescriptor;

/**
 * The whole environment of a program; nothing of the JVM, the start script or whoever started the server gets in.
 *
 * <p>Source: tcp-environ(5) for the variables of a connection.
 */
final class ProgramEnvironment {

    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ProgramEnvironment() {
    }

    static Map<String, String> of(SocketDescriptor socket) {
        Map<String, String> variables = new TreeMap<>(Map.of("PATH", PATH));
        if (socket.remote().isPresent() && socket.entry().protocol().transport() == Transport.TCP) {
            variables.put("PROTO", "TCP");
            put(variables, "TCPLOCAL", socket.local());
            put(variables, "TCPREMOTE", socket.remote());
        }
        return variables;
    }

    private static void put(Map<String, String> variables, String prefix, Optional<SocketAddress> address) {
        if (address.isPresent() && address.get() instanceof InetSocketAddress inet && inet.getAddress() != null) {
            variables.put(prefix + "IP", inet.getAddress().getHostAddress());
            variables.put(prefix + "PORT", Integer.toString(inet.getPort()));
        }
    }
}
