package org.switchboard.ports.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.ports.PortClaim;

/**
 * The names of the host and those of the reservations in one map, in the form of services(5). A name that means a port
 * already keeps its meaning, and a port that has a name keeps that.
 */
final class MergedMap {

    private static final Pattern NAME = Pattern.compile("(?!\\d+$)[!-~&&[^#/]]{1,64}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private MergedMap() {
    }

    /** The whole map: first the lines of the host, as they are, so that they stay the first to match. */
    static String text(String host, List<String> lines) {
        String separator = host.isEmpty() || host.endsWith("\n") ? "" : "\n";
        return "# The names of ports on this host, and of those that Switchboard has reserved.\n"
                + "# Written by Switchboard whenever a reservation changes; edits are lost.\n"
                + host + separator
                + "# Reserved by Switchboard:\n"
                + (lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }

    /** A line for each reserved port that has no name on the host, and a comment where its name means another port. */
    static List<String> lines(KnownNames host, List<PortClaim> claims) {
        List<String> lines = new ArrayList<>();
        Map<String, Integer> added = new HashMap<>();
        for (PortClaim claim : claims) {
            Transport transport = claim.protocol().transport();
            if (!NAME.matcher(claim.name()).matches() || host.numbered(claim.port(), transport).isPresent()) {
                continue;
            }
            Optional<Integer> meaning = host.named(claim.name(), transport).map(NamedPort::port);
            int port = meaning.orElseGet(() -> added.getOrDefault(transport + claim.name(), claim.port()));
            if (port != claim.port()) {
                lines.add("# " + line(claim) + ", but '" + claim.name() + "' means " + port + "/" + transport.text());
            } else if (added.put(transport + claim.name(), port) == null) {
                lines.add(line(claim));
            }
        }
        return lines;
    }

    private static String line(PortClaim claim) {
        return String.format("%-15s %-15s # %s", claim.name(), claim.portText(),
                oneLine(claim.owner() + " (" + claim.origin() + ")"));
    }

    /** Text of a file name or an id can hold anything, and must not begin a line of its own here. */
    static String oneLine(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }
}
