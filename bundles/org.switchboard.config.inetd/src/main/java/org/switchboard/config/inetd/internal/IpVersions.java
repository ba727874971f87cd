package org.switchboard.config.inetd.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.Protocol.Transport;
import org.switchboard.api.entry.ServiceEntry;

/**
 * Which of several entries for one service and host serves IPv4, and which IPv6. In the family each version of IP is an entry of
 * its own there, and the later replaces the earlier or finds the port in use, by whether the system takes them for the same.
 */
final class IpVersions {

    private static final int V4 = 4;
    private static final int V6 = 6;

    private final Rules rules;
    private final List<ReadEntry> entries;
    private final List<Finding> findings;
    /** What each entry serves in the end. */
    private final List<TreeSet<Integer>> served = new ArrayList<>();
    private final Map<String, Owner> owners = new HashMap<>();

    private final Map<Integer, List<Loss>> losses = new HashMap<>();

    private final Set<Integer> duplicates = new HashSet<>();

    /** @param inUse whether the other entry was there first, and not later in place of this one */
    private record Loss(int version, int by, boolean inUse) {
    }

    private record Owner(int index, String word) {
    }

    IpVersions(Rules rules, List<ReadEntry> entries, List<Finding> findings) {
        this.rules = rules;
        this.entries = entries;
        this.findings = findings;
    }

    List<ReadEntry> resolve() {
        for (int i = 0; i < entries.size(); i++) {
            served.add(versions(entries.get(i).entry()));
            for (int version : List.copyOf(served.get(i))) {
                take(i, version);
            }
        }
        findDuplicates();
        List<ReadEntry> result = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            outcome(i).ifPresent(result::add);
        }
        return result;
    }

    /** Empty for an entry that shares its port with no other in this way. */
    private TreeSet<Integer> versions(ServiceEntry entry) {
        TreeSet<Integer> versions = new TreeSet<>();
        boolean port = entry.protocol().transport() != Transport.UNIX && !entry.options().containsKey(ServiceWord.MUX)
                && !entry.options().containsKey("rpc_program") && (entry.port().isEmpty() || entry.port().getAsInt() > 0);
        if (!port) {
            return versions;
        }
        boolean v4Address = Hosts.isIpv4(entry.address());
        switch (entry.protocol()) {
            case TCP, UDP -> versions.addAll(v4Address ? List.of(V4) : entry.address().contains(":") ? List.of(V6) : List.of(V4, V6));
            case TCP4, UDP4 -> versions.add(V4);
            case TCP6, UDP6 -> versions.add(V6);
            case TCP46, UDP46 -> {
                if (rules.has(Trait.DUAL_IS_IPV6) || replacedByLater(entry)) {
                    versions.add(v4Address ? V4 : V6);
                }
            }
            default -> { }
        }
        return versions;
    }

    private void take(int index, int version) {
        ServiceEntry entry = entries.get(index).entry();
        String place = version + " " + entry.protocol().transport() + " " + entry.address() + " " + entry.name();
        String word = word(entries.get(index), version);
        Optional<Owner> before = Optional.ofNullable(owners.get(place));
        if (before.isEmpty() || before.get().word().equals(word)) {
            owners.put(place, new Owner(index, word));
            before.ifPresent(owner -> lose(owner.index(), new Loss(version, index, false)));
        } else {
            lose(index, new Loss(version, before.get().index(), true));
        }
    }

    private void lose(int index, Loss loss) {
        served.get(index).remove(loss.version());
        losses.computeIfAbsent(index, any -> new ArrayList<>()).add(loss);
    }

    private boolean replacedByLater(ServiceEntry entry) {
        return rules.has(Trait.DATAGRAMS_REPLACED) && entry.protocol().transport() == Transport.UDP;
    }

    /** Debian calls the half for IPv6 of a bare {@code tcp} by the word {@code tcp6}. */
    private String word(ReadEntry read, int version) {
        if (!rules.has(Trait.WORD_REPLACED) || replacedByLater(read.entry())) {
            return "";
        }
        boolean both = read.entry().protocol() == Protocol.TCP || read.entry().protocol() == Protocol.UDP;
        return both && version == V6 ? read.word() + V6 : read.word();
    }

    private Optional<ReadEntry> outcome(int index) {
        ReadEntry read = entries.get(index);
        List<Loss> lost = losses.getOrDefault(index, List.of());
        if (lost.isEmpty() || duplicates.contains(index)) {
            return Optional.of(read);
        }
        ServiceEntry entry = read.entry();
        Loss first = lost.get(0);
        ServiceEntry by = entries.get(first.by()).entry();
        if (served.get(index).isEmpty()) {
            findings.add(first.inUse() ? Finding.error(entry.origin(), "the port is in use for IPv" + first.version() + ", by "
                    + by.origin() + "; entry skipped") : Finding.warning(by.origin(), "'" + entry.id() + "' was defined before at "
                    + entry.origin() + "; this definition is used"));
            return Optional.empty();
        }
        int left = served.get(index).first();
        findings.add(Finding.warning(entry.origin(), "IPv" + first.version() + " is served by " + by.origin()
                + "; this entry serves IPv" + left + " only"));
        boolean tcp = entry.protocol().transport() == Transport.TCP;
        return Optional.of(read.with(left == V4 ? tcp ? Protocol.TCP4 : Protocol.UDP4 : tcp ? Protocol.TCP6 : Protocol.UDP6));
    }

    /** Of several entries with one id the last counts wherever they come from, which is settled elsewhere. */
    private void findDuplicates() {
        for (int i = entries.size() - 1; i >= 0; i--) {
            String id = entries.get(i).entry().id();
            List<Loss> lost = losses.getOrDefault(i, List.of());
            if (!lost.isEmpty() && served.get(i).isEmpty() && lost.stream().allMatch(loss -> !loss.inUse()
                    && entries.get(loss.by()).entry().id().equals(id)
                    && (!losses.containsKey(loss.by()) || duplicates.contains(loss.by())))) {
                duplicates.add(i);
            }
        }
    }
}
