package org.switchboard.access.internal.table;

import java.util.function.Consumer;
import org.switchboard.access.internal.option.OptionList;
import org.switchboard.access.internal.request.Request;
import org.switchboard.api.entry.Origin;

/** A line that says something: which daemons, which clients, and what to do when both match. */
public record HostsLine(Origin origin, PatternList<DaemonPattern> daemons, PatternList<ClientPattern> clients, OptionList options) {

    static HostsLine parse(Origin origin, String daemons, String clients, OptionList options, Consumer<String> complaints) {
        return new HostsLine(origin, PatternList.parse(daemons, word -> DaemonPattern.parse(word, complaints)),
                PatternList.parse(clients, word -> ClientPattern.parse(word, complaints)), options);
    }

    boolean matches(Request request) throws InterruptedException {
        return daemons.matches(pattern -> pattern.matches(request)) && clients.matches(pattern -> pattern.matches(request));
    }
}
