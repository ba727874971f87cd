package org.switchboard.config.inetd.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;

/** What entries mean to one another, once a file has been read. */
final class SecondLook {

    private final Rules rules;

    SecondLook(Rules rules) {
        this.rules = rules;
    }

    Parsed at(List<ServiceEntry> entries, List<Finding> findings) {
        List<ServiceEntry> seen = rules.has(Trait.FIRST_COUNTS) ? firstOfEach(entries, findings) : entries;
        return new Parsed(rules.has(Trait.TWINS) ? apart(seen, findings) : seen, findings);
    }

    private static List<ServiceEntry> firstOfEach(List<ServiceEntry> entries, List<Finding> findings) {
        Map<String, ServiceEntry> first = new HashMap<>();
        List<ServiceEntry> kept = new ArrayList<>();
        for (ServiceEntry entry : entries) {
            ServiceEntry before = first.putIfAbsent(entry.name() + "/" + entry.protocol().text(), entry);
            if (before == null || before.origin().equals(entry.origin())) {
                kept.add(entry);
            } else {
                findings.add(Finding.warning(entry.origin(), "'" + entry.id() + "' was there in line " + before.origin().line()
                        + " already, and the first one counts; entry skipped"));
            }
        }
        return kept;
    }

    /** One socket for IPv6 that takes IPv4 too leaves no port for one that is for IPv4 alone. */
    private static List<ServiceEntry> apart(List<ServiceEntry> entries, List<Finding> findings) {
        Set<String> ipv4 = new HashSet<>();
        for (ServiceEntry entry : entries) {
            if (entry.protocol() == Protocol.TCP4 || entry.protocol() == Protocol.UDP4) {
                ipv4.add(entry.protocol() + " " + entry.name());
            }
        }
        List<ServiceEntry> result = new ArrayList<>();
        for (ServiceEntry entry : entries) {
            Protocol twin = entry.protocol() == Protocol.TCP46 ? Protocol.TCP4 : Protocol.UDP4;
            boolean both = entry.protocol() == Protocol.TCP46 || entry.protocol() == Protocol.UDP46;
            if (both && ipv4.contains(twin + " " + entry.name())) {
                findings.add(Finding.warning(entry.origin(), "'" + entry.name() + "' has an entry for IPv4 of its own; this one"
                        + " serves IPv6 only"));
                result.add(new ServiceEntry(entry.name(), entry.socketType(),
                        twin == Protocol.TCP4 ? Protocol.TCP6 : Protocol.UDP6, entry.address(), entry.port(), entry.mode(),
                        entry.identity(), entry.provider(), entry.arguments(), entry.options(), entry.implied(),
                        entry.origin()));
            } else {
                result.add(entry);
            }
        }
        return result;
    }
}
