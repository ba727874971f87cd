package org.switchboard.shell.internal;

import java.util.List;
import java.util.stream.Collectors;
import org.switchboard.api.runtime.ListenerDTO;
import org.switchboard.api.runtime.ServiceDTO;

/** What is open and a command that tries it, for somebody who has just started the server. */
final class Invitation {

    private static final String IPV4_ANY = "0.0.0.0";
    private static final String IPV6_ANY = "[::]";

    private Invitation() {
    }

    /** A line for each service; what is not open says why. */
    static String text(List<ServiceDTO> services) {
        if (services.isEmpty()) {
            return "no services";
        }
        int width = services.stream().mapToInt(service -> service.id.length()).max().orElse(0);
        return services.stream()
                .map(service -> service.id + " ".repeat(width - service.id.length() + 2) + line(service))
                .collect(Collectors.joining("\n"));
    }

    private static String line(ServiceDTO service) {
        return service.listeners.stream().findFirst()
                .map(listener -> listener.endpoint + "  " + command(service.protocol, listener))
                .orElseGet(() -> service.state + (service.reason.isEmpty() ? "" : ": " + service.reason));
    }

    private static String command(String protocol, ListenerDTO listener) {
        if (protocol.startsWith("unix")) {
            return "nc -U " + listener.endpoint;
        }
        int colon = listener.endpoint.lastIndexOf(':');
        String where = reachable(listener.endpoint.substring(0, Math.max(colon, 0))) + " " + listener.endpoint.substring(colon + 1);
        return protocol.startsWith("udp") ? "echo | nc -u -w1 " + where : "nc " + where;
    }

    /** Nobody can connect to «every address»; loopback is one of them. */
    private static String reachable(String address) {
        return switch (address) {
            case IPV4_ANY -> "127.0.0.1";
            case IPV6_ANY -> "::1";
            default -> address.replaceAll("[\\[\\]]", "");
        };
    }
}
