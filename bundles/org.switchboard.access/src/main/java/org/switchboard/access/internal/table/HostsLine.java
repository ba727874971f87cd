package org.switchboard.access.internal.table;

import java.util.Optional;
import java.util.function.Consumer;
import org.switchboard.access.internal.option.OptionList;
import org.switchboard.access.internal.request.Request;
import org.switchboard.access.internal.request.UndecidedException;
import org.switchboard.api.entry.Origin;

/** A line that says something: which daemons, which clients, and what to do when both match. */
public record HostsLine(Origin origin, PatternList<DaemonPattern> daemons, PatternList<ClientPattern> clients,
        OptionList options)
        implements Rule {

    static HostsLine parse(Origin origin, String daemons, String clients, OptionList options, Consumer<String> complaints) {
        return new HostsLine(origin, PatternList.parse(daemons, word -> DaemonPattern.parse(word, complaints)),
                PatternList.parse(clients, word -> ClientPattern.parse(word, complaints)), options);
    }

    @Override
    public Optional<HostsLine> find(Request request) throws InterruptedException, UndecidedException {
        return matches(request) ? Optional.of(this) : Optional.empty();
    }

    private boolean matches(Request request) throws InterruptedException, UndecidedException {
        return Decision.both(() -> daemons.matches(pattern -> pattern.matches(request)),
                () -> clients.matches(pattern -> pattern.matches(request)));
    }

    @Override
    public HostsLine undecided(Request request) {
        return this;
    }

    /** How many patterns there are. */
    int size() {
        return daemons.size() + clients.size();
    }
}
