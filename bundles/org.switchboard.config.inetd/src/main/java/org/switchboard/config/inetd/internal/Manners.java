package org.switchboard.config.inetd.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;

/**
 * What entries of a dialect are like that do not say otherwise.
 *
 * @param perMinute how many sessions are served in 60 seconds; 0 for any number
 * @param suspendSeconds how long a port is closed after that; 0 for ten minutes, as without a word
 * @param highPortsStay whether an IPv4 port of 1024 and above is not closed, and clients are refused instead
 * @param backlog the length of the queue of a stream socket; 0 for the system's own
 * @param socketMode the mode of a Unix socket, octal; empty for that of the server
 * @param environment that of a program, and
 * @param umask its file mode creation mask, octal; each empty for what the server gives without a word
 * @param addresses on which of several addresses of a host name an entry listens; empty for all
 */
record Manners(int perMinute, int suspendSeconds, boolean highPortsStay, int backlog, String socketMode, String environment,
        String umask, String addresses) {

    /** Says nothing. */
    static final Manners NONE = new Manners(0, 0, false, 0, "", "", "", "");

    private static final int FIRST_HIGH_PORT = 1024;

    /** The built-ins for which the family forks; the others are never counted. */
    private static final Set<String> FORKING = Set.of("echo", "discard", "chargen", "tcpmux", "auth", "ident");
    private static final Set<String> NOT_FORKING = Set.of("daytime", "time");

    Map<String, String> options(ServiceEntry entry) {
        Map<String, String> options = new HashMap<>();
        if (perMinute > 0 && counted(entry)) {
            options.put("service_max", Integer.toString(perMinute));
        }
        if (highPortsStay && entry.mode() == Mode.NOWAIT && entry.port().orElse(0) >= FIRST_HIGH_PORT && servesIpv4(entry)) {
            options.put("on_limit", "throttle");
        } else if (suspendSeconds > 0) {
            options.put("suspend_seconds", Integer.toString(suspendSeconds));
        }
        if (backlog > 0 && entry.socketType() == SocketType.STREAM && !entry.options().containsKey("mux")) {
            options.put("backlog", Integer.toString(backlog));
        }
        if (!socketMode.isEmpty() && entry.protocol().transport() == Transport.UNIX) {
            options.put("socket_mode", socketMode);
        }
        if (!environment.isEmpty() && entry.isProgram()) {
            options.put("environment", environment);
        }
        if (!umask.isEmpty() && entry.isProgram()) {
            options.put("umask", umask);
        }
        if (!addresses.isEmpty() && namesHost(entry)) {
            options.put("addresses", addresses);
        }
        return options;
    }

    private static boolean namesHost(ServiceEntry entry) {
        return !entry.address().isEmpty() && entry.address().indexOf(':') < 0 && !Hosts.isIpv4(entry.address());
    }

    /** Whether an inetd of the family has that service inside itself. */
    static boolean isBuiltIn(String service) {
        return FORKING.contains(service) || NOT_FORKING.contains(service);
    }

    private static boolean counted(ServiceEntry entry) {
        if (entry.isProgram()) {
            return true;
        }
        return entry.socketType() == SocketType.STREAM && !NOT_FORKING.contains(entry.provider())
                || !FORKING.contains(entry.provider()) && !NOT_FORKING.contains(entry.provider());
    }

    private static boolean servesIpv4(ServiceEntry entry) {
        return switch (entry.protocol()) {
            case TCP, TCP4, UDP, UDP4 -> entry.address().indexOf(':') < 0;
            default -> false;
        };
    }
}
