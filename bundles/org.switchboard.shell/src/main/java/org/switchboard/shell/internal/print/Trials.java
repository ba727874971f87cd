package org.switchboard.shell.internal.print;

import java.util.List;
import org.switchboard.api.runtime.ListenerDTO;
import org.switchboard.api.runtime.ServiceDTO;
import org.switchboard.shell.internal.verbs.Program;

/** For each service a command that tries it, or why that would be in vain. */
final class Trials {

    private static final String IPV4_ANY = "0.0.0.0";
    private static final String IPV6_ANY = "[::]";

    private Trials() {
    }

    static String text(List<ServiceDTO> services) {
        Table table = new Table(Table.UNLIMITED);
        for (ServiceDTO service : services) {
            table.row(service.id, Program.servedBy(service.provider, service.arguments), trial(service));
        }
        return services.isEmpty() ? "no services" : table.toString();
    }

    private static String trial(ServiceDTO service) {
        return service.listeners.stream().findFirst().map(listener -> command(service.protocol, listener))
                .orElseGet(() -> service.state.with(service.reason));
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
