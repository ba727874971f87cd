package org.switchboard.provider.exec.internal;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.provider.SocketDescriptor;
import org.switchboard.posix.AddressText;

/**
 * The whole environment of a program. Unless the entry says otherwise nothing of the JVM, the start script or whoever started
 * the server gets in.
 *
 * <p>Source: tcp-environ(5) for the variables of a connection; inetd(8), OpenBSD as in Debian, and netkit, for what is
 * laundered; inetd(8), GNU ({@code --environment}, {@code --resolve}).
 */
final class ProgramEnvironment {

    /** The option, and its values. */
    static final String OPTION = "environment";
    static final String LAUNDERED = "laundered";
    static final String INHERITED = "inherited";
    static final String TCPREMOTE = "tcpremote";
    static final String RESOLVED = "tcpremote-resolved";
    static final List<String> VALUES = List.of(LAUNDERED, INHERITED, TCPREMOTE, RESOLVED);

    static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** A name that begins like this is washed out; with an equals sign, a name that is this. */
    private static final List<String> STAINS = List.of("CVS", "DISPLAY=", "EDITOR=", "GROUP=", "HOME=", "IFS=", "LD_", "LOGNAME=",
            "MAIL=", "PATH=", "PRINTER=", "PWD=", "SHELL=", "SHLVL=", "SSH", "TERM", "TMP", "USER=", "VISUAL=");
    /** What belongs to our own start, and would make a Java program or a supervisor's client take itself for us. */
    private static final List<String> OURS = List.of("SWITCHBOARD_", "JAVA_", "JDK_", "_JAVA_", "NOTIFY_SOCKET=", "WATCHDOG_",
            "LISTEN_", "MAINPID=", "OLDPWD=", "_=");

    private final Map<String, String> server;
    private final HostNames names;

    /** @param server the environment of the server */
    ProgramEnvironment(Map<String, String> server, HostNames names) {
        this.server = server;
        this.names = names;
    }

    Map<String, String> of(SocketDescriptor socket) {
        Map<String, String> variables = usual(socket);
        variables.putAll(Extras.variables(socket.entry()));
        return variables;
    }

    private Map<String, String> usual(SocketDescriptor socket) {
        String wanted = socket.entry().options().getOrDefault(OPTION, "");
        return switch (wanted) {
            case INHERITED -> servers(List.of());
            case LAUNDERED -> servers(STAINS);
            case TCPREMOTE -> withEnds(servers(List.of()), socket, false);
            case RESOLVED -> withEnds(servers(List.of()), socket, true);
            default -> withEnds(new TreeMap<>(Map.of("PATH", PATH)), socket, false);
        };
    }

    private Map<String, String> servers(List<String> stains) {
        Map<String, String> variables = new TreeMap<>(server);
        variables.keySet().removeIf(name -> isOneOf(OURS, name) || isOneOf(stains, name));
        return variables;
    }

    private static boolean isOneOf(List<String> beginnings, String name) {
        String whole = name + "=";
        return beginnings.stream().anyMatch(whole::startsWith);
    }

    /** Of an accepted TCP connection; nothing else has two ends that are known. */
    private Map<String, String> withEnds(Map<String, String> variables, SocketDescriptor socket, boolean resolve) {
        if (socket.remote().isPresent() && socket.entry().protocol().transport() == Transport.TCP) {
            variables.put("PROTO", "TCP");
            // Its socket is one of IPv6, which shows an IPv4 client so; the JDK does not.
            boolean ofBoth = socket.entry().protocol() == Protocol.TCP46;
            put(variables, "TCPLOCAL", socket.local(), ofBoth, resolve);
            put(variables, "TCPREMOTE", socket.remote(), ofBoth, resolve);
        }
        return variables;
    }

    private void put(Map<String, String> variables, String prefix, Optional<SocketAddress> address, boolean ofBoth,
            boolean resolve) {
        if (address.isPresent() && address.get() instanceof InetSocketAddress inet && inet.getAddress() != null) {
            variables.put(prefix + "IP", ofBoth ? AddressText.onIpv6(inet.getAddress()) : AddressText.of(inet.getAddress()));
            variables.put(prefix + "PORT", Integer.toString(inet.getPort()));
            if (resolve) {
                names.of(inet.getAddress()).ifPresent(name -> variables.put(prefix + "HOST", name));
            }
        }
    }
}
