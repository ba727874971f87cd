package org.switchboard.dispatcher.internal.resolve;

import java.util.ArrayList;
import java.util.List;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.entry.SocketType;

/**
 * The option {@code mux}: an entry with it has no port of its own, its connections come through the provider
 * {@value #PROVIDER}, which greets the client itself ({@code plus}) or leaves that to the server of the entry ({@code plain}).
 */
public final class Multiplexed {

    /** Who hands the connections on. */
    public static final String PROVIDER = "tcpmux";

    static final String OPTION = "mux";

    private static final List<String> WAYS = List.of("plain", "plus");

    private Multiplexed() {
    }

    public static boolean is(ServiceEntry entry) {
        return entry.options().containsKey(OPTION);
    }

    static void check(ServiceEntry entry) throws UnresolvedException {
        if (!WAYS.contains(entry.options().get(OPTION))) {
            throw new UnresolvedException("option '" + OPTION + "' must be plain or plus, not '" + entry.options().get(OPTION) + "'");
        }
        if (entry.socketType() != SocketType.STREAM || entry.mode() != Mode.NOWAIT) {
            throw new UnresolvedException("only a stream service with nowait is reached through " + PROVIDER);
        }
        if (entry.provider().equals(PROVIDER)) {
            throw new UnresolvedException(PROVIDER + " cannot be reached through itself");
        }
    }

    /** A warning for each entry that is to be reached through others where none of those is there. */
    public static List<Finding> unreachable(Iterable<ServiceEntry> entries) {
        List<Finding> findings = new ArrayList<>();
        for (ServiceEntry entry : entries) {
            if (entry.provider().equals(PROVIDER)) {
                return List.of();
            }
            if (is(entry)) {
                findings.add(Finding.warning(entry.origin(), "'" + entry.id() + "' cannot be reached: no entry is served by '"
                        + PROVIDER + "'"));
            }
        }
        return findings;
    }
}
