package org.switchboard.config.inetd.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Mode;
import org.switchboard.api.entry.Origin;
import org.switchboard.api.entry.ServiceEntry;

/**
 * An entry that is written as keys and values. They mean what the columns mean.
 *
 * <p>Source: inetd(8), NetBSD 10.
 */
final class DefinedService {

    /** The keys that name options of an entry, where those have another name. */
    private static final Map<String, String> RENAMED = Map.of("recvbuf", "rcvbuf", "accept_max", "instances");
    private static final Set<String> LAST_COUNTS = Set.of("protocol", "group", "socktype", "exec", "sndbuf", "recvbuf",
            "acceptfilter");
    private static final Set<String> SEVERAL = Set.of("args", "acceptfilter");
    private static final Set<String> NUMBERS = Set.of("service_max", "ip_max", "accept_max");

    private final Rules rules;
    private final Word service;
    private final Hosts defaultHosts;
    private final Origin origin;
    private final Warnings warnings;
    private final Map<String, Definition.Setting> known = new HashMap<>();
    private final Map<String, String> options = new HashMap<>();

    DefinedService(Rules rules, Word service, Hosts defaultHosts, Origin origin, Warnings warnings) {
        this.rules = rules;
        this.service = service;
        this.defaultHosts = defaultHosts;
        this.origin = origin;
        this.warnings = warnings;
    }

    List<ServiceEntry> read(Definition definition) throws Misread {
        for (Definition.Setting setting : definition.settings()) {
            setting(setting);
        }
        Optional<Word> bind = one("bind");
        if (bind.isPresent() && service.text().lastIndexOf(':') >= 0) {
            throw new Misread(bind.get(), "a host stands before the service and behind 'bind'");
        }
        Hosts hosts = bind.isPresent() ? Hosts.read(rules, bind.get(), bind.get().text()) : defaultHosts;
        Draft draft = new Draft(rules, hosts, bind.isPresent(), origin, warnings);
        draft.service(service);
        Word protocol = protocol(hosts);
        Word type = one("socktype").orElseGet(() -> typeOf(protocol));
        draft.socketType(type);
        draft.protocol(protocol);
        Word exec = one("exec").orElse(new Word("internal", service.line()));
        draft.mode(exec, mode(exec, type));
        draft.identity(identity());
        draft.server(exec);
        draft.arguments(known.containsKey("args") ? known.get("args").values() : List.of());
        for (Map.Entry<String, String> option : options.entrySet()) {
            draft.option(service, option.getKey(), option.getValue());
        }
        unserved(draft);
        return draft.finish();
    }

    private void setting(Definition.Setting setting) throws Misread {
        Word key = setting.key();
        String name = key.text();
        int count = setting.values().size();
        if (isOption(name)) {
            option(setting);
            return;
        }
        if (!KEYS.contains(name)) {
            throw new Misread(key, "unknown key " + key.quoted());
        }
        if (count == 0 && !name.equals("args") && !name.equals("ipsec")) {
            throw new Misread(key, "no value stands behind " + key.quoted());
        }
        if (count > 1 && !SEVERAL.contains(name)) {
            throw new Misread(key, setting.values().get(1).quoted() + " is one value too many for " + key.quoted());
        }
        if (known.put(name, setting) != null && !LAST_COUNTS.contains(name)) {
            throw new Misread(key, "key " + key.quoted() + " is there twice");
        }
    }

    private static final Set<String> KEYS = Set.of("bind", "socktype", "acceptfilter", "protocol", "wait", "user", "group", "exec",
            "args", "ipsec");

    private boolean isOption(String name) {
        return NUMBERS.contains(name) || name.equals("sndbuf") || name.equals("recvbuf")
                || rules.has(Trait.ANY_OPTION) && !KEYS.contains(name);
    }

    /** The values of an option that only its owner knows go to it as they are. */
    private void option(Definition.Setting setting) throws Misread {
        Word key = setting.key();
        String name = key.text();
        if (setting.values().isEmpty()) {
            throw new Misread(key, "no value stands behind " + key.quoted());
        }
        Word first = setting.values().get(0);
        boolean single = NUMBERS.contains(name) || name.endsWith("buf");
        if (single && setting.values().size() > 1) {
            throw new Misread(key, setting.values().get(1).quoted() + " is one value too many for " + key.quoted());
        }
        String value = String.join(" ", setting.values().stream().map(Word::text).toList());
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new Misread(first, "the value of " + key.quoted() + " contains a control character");
        }
        if (NUMBERS.contains(name) && !(rules.has(Trait.ANY_OPTION) && value.equals(ModeWord.UNLIMITED))) {
            value = Draft.numberOf(first, value, name.equals("accept_max") ? 1 : 0, warnings);
        } else if (name.equals("sndbuf") || name.equals("recvbuf") || name.equals("rcvbuf")) {
            value = ProtocolWord.bufferSize(first, value);
        }
        if (options.put(RENAMED.getOrDefault(name, name), value) != null && !LAST_COUNTS.contains(name)) {
            throw new Misread(key, "key " + key.quoted() + " is there twice");
        }
    }

    private Optional<Word> one(String key) {
        return Optional.ofNullable(known.get(key)).map(setting -> setting.values().get(0));
    }

    private Word needed(String key) throws Misread {
        return one(key).orElseThrow(() -> new Misread(service, "the definition of " + service.quoted() + " has no '" + key + "'"));
    }

    /** Where a bare {@code tcp} would be IPv4 or IPv6, the address has to say which. */
    private Word protocol(Hosts hosts) throws Misread {
        Word word = needed("protocol");
        String text = word.text();
        boolean bare = text.equals("tcp") || text.equals("udp") || text.equals("rpc/tcp") || text.equals("rpc/udp");
        if (!bare || !rules.has(Trait.DEFINITION_NEEDS_FAMILY)) {
            return word;
        }
        int colon = service.text().lastIndexOf(':');
        Hosts own = colon < 0 ? hosts : Hosts.read(rules, service, service.text().substring(0, colon));
        String address = own.addresses().isEmpty() ? "" : own.addresses().get(0);
        boolean v4 = Hosts.isIpv4(address);
        if (!v4 && address.indexOf(':') < 0) {
            throw new Misread(word, "protocol " + word.quoted() + " does not say the IP version, and no address does; '"
                    + text + "4' or '" + text + "6' would");
        }
        return new Word(text + (v4 ? "4" : "6"), word.line());
    }

    private static Word typeOf(Word protocol) {
        return new Word(protocol.text().contains("udp") ? "dgram" : "stream", protocol.line());
    }

    private Mode mode(Word exec, Word type) throws Misread {
        boolean internal = exec.text().equals("internal");
        boolean datagrams = type.text().startsWith("dgram");
        if (internal && one("wait").isEmpty()) {
            return datagrams ? Mode.WAIT : Mode.NOWAIT;
        }
        Word wait = needed("wait");
        return switch (wait.text()) {
            case "yes" -> Mode.WAIT;
            case "no" -> Mode.NOWAIT;
            default -> throw new Misread(wait, wait.quoted() + " behind 'wait' is neither 'yes' nor 'no'");
        };
    }

    private Identity identity() throws Misread {
        Word user = Draft.printable(needed("user"));
        Optional<Word> group = one("group");
        if (group.isPresent()) {
            Draft.printable(group.get());
            if (user.text().equals(Identity.server().user())) {
                throw new Misread(group.get(), "user '-' is the server's own with its own groups; " + group.get().quoted()
                        + " names another");
            }
        }
        return new Identity(user.text(), group.map(Word::text));
    }

    private void unserved(Draft draft) {
        one("acceptfilter").ifPresent(filter -> draft.filter(filter, filter.text()));
        Optional.ofNullable(known.get("ipsec")).filter(setting -> !setting.values().isEmpty()
                && !setting.values().get(0).text().isEmpty()).ifPresent(setting -> warnings.warn(setting.key(),
                "IPsec policies are not applied on this system; " + setting.values().get(0).quoted() + " is ignored"));
    }
}
