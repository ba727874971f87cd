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
final class CrossEntryChecks {

    private final Rules rules;

    CrossEntryChecks(Rules rules) {
        this.rules = rules;
    }

    Parsed apply(List<ReadEntry> entries, List<Finding> findings) {
        List<ReadEntry> seen = rules.has(Trait.FIRST_COUNTS) ? firstOfEach(entries, findings)
                : new IpVersions(rules, entries, findings).resolve();
        boolean apart = rules.has(Trait.TWINS) || rules.has(Trait.DATAGRAMS_REPLACED);
        return new Parsed((apart ? apart(seen, findings) : seen).stream().map(ReadEntry::entry).toList(), findings);
    }

    private static List<ReadEntry> firstOfEach(List<ReadEntry> entries, List<Finding> findings) {
        Map<String, ServiceEntry> first = new HashMap<>();
        List<ReadEntry> kept = new ArrayList<>();
        for (ReadEntry read : entries) {
            ServiceEntry entry = read.entry();
            ServiceEntry before = first.putIfAbsent(entry.name() + "/" + entry.protocol().text(), entry);
            if (before == null || before.origin().equals(entry.origin())) {
                kept.add(read);
            } else {
                findings.add(Finding.warning(entry.origin(), "'" + entry.id() + "' was there in line " + before.origin().line()
                        + " already, and the first one counts; entry skipped"));
            }
        }
        return kept;
    }

    /** One socket for IPv6 that takes IPv4 too leaves no port for one that is for IPv4 alone. */
    private List<ReadEntry> apart(List<ReadEntry> entries, List<Finding> findings) {
        Set<String> ipv4 = new HashSet<>();
        for (ReadEntry read : entries) {
            Protocol protocol = read.entry().protocol();
            if (protocol == Protocol.TCP4 || protocol == Protocol.UDP4) {
                ipv4.add(protocol + " " + read.entry().name());
            }
        }
        List<ReadEntry> result = new ArrayList<>();
        for (ReadEntry read : entries) {
            ServiceEntry entry = read.entry();
            Protocol twin = entry.protocol() == Protocol.TCP46 ? Protocol.TCP4 : Protocol.UDP4;
            boolean both = entry.protocol() == Protocol.UDP46
                    || entry.protocol() == Protocol.TCP46 && rules.has(Trait.TWINS);
            if (both && ipv4.contains(twin + " " + entry.name())) {
                if (rules.has(Trait.TWINS)) {
                    findings.add(Finding.warning(entry.origin(), "'" + entry.name()
                            + "' has an entry for IPv4 of its own; this one serves IPv6 only"));
                }
                result.add(read.with(twin == Protocol.TCP4 ? Protocol.TCP6 : Protocol.UDP6));
            } else {
                result.add(read);
            }
        }
        return result;
    }
}
