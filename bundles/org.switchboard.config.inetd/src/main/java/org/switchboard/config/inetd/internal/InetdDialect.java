package org.switchboard.config.inetd.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchboard.api.config.Dialect;
import org.switchboard.api.config.Includes;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.config.Written;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;

/** One dialect of the family. Its rules are made when they are first needed. */
final class InetdDialect implements Dialect {

    private static final String TCPMUX = "tcpmux";
    private static final Parsed NOTHING = new Parsed(List.of(), List.of());

    private final String name;
    private volatile Optional<Grammar> grammar = Optional.empty();
    private volatile Optional<Rules> rules = Optional.empty();

    InetdDialect(String name) {
        this.name = name;
    }

    @Override
    public Parsed parse(String origin, String text) {
        return parse(origin, text, (directive, pattern) -> new Includes.Included(List.of(), List.of(Finding.error(directive,
                "nothing can be included here; nothing is read from '" + pattern.strip() + "'"))));
    }

    @Override
    public Parsed parse(String origin, String text, Includes includes) {
        Grammar ready = grammar.isPresent() ? grammar.get() : new Grammar(rules());
        grammar = Optional.of(ready);
        return ready.parse(origin, text, includes);
    }

    @Override
    public Map<String, String> defaults(ServiceEntry entry) {
        return rules().manners().options(entry);
    }

    /** Source: inetd(8), GNU inetutils. */
    @Override
    public Parsed implied(List<ServiceEntry> entries) {
        if (!rules().has(Trait.IMPLIES_TCPMUX)) {
            return NOTHING;
        }
        Optional<ServiceEntry> first = entries.stream().filter(entry -> entry.options().containsKey(ServiceWord.MUX)).findFirst();
        boolean there = entries.stream().anyMatch(entry -> entry.name().equals(TCPMUX));
        if (first.isEmpty() || there) {
            return NOTHING;
        }
        ServiceEntry added = ServiceEntry.builder(TCPMUX, Protocol.TCP46, first.get().origin())
                .identity(new Identity("root", Optional.empty())).build();
        return new Parsed(List.of(added), List.of(Finding.warning(first.get().origin(),
                "there are services of tcpmux and no service 'tcpmux'; added")));
    }

    /** The superset can be written, in columns and in keys and values. */
    @Override
    public Optional<Written> write(ServiceEntry entry, String form) {
        return name.equals("switchboard") ? new EntryWriter().write(entry, form) : Optional.empty();
    }

    private Rules rules() {
        Rules ready = rules.isPresent() ? rules.get() : Family.rules(name);
        rules = Optional.of(ready);
        return ready;
    }
}
