package org.switchboard.access.internal.table;

import java.util.Optional;
import java.util.function.Consumer;
import org.switchboard.access.internal.request.Request;
import org.switchboard.access.internal.request.UndecidedException;

/**
 * Which services are meant: daemon or port, and perhaps the address that the client connected to.
 *
 * @param host of {@code daemon@host}
 */
record DaemonPattern(String daemon, Optional<HostPattern> host) {

    static DaemonPattern parse(String word, Consumer<String> complaints) {
        int at = word.indexOf('@', 1);
        return at < 0 ? new DaemonPattern(word, Optional.empty())
                : new DaemonPattern(word.substring(0, at), Optional.of(HostPattern.parse(word.substring(at + 1), complaints)));
    }

    boolean matches(Request request) throws InterruptedException, UndecidedException {
        boolean named = Text.matches(daemon, request.daemon()) || daemon.equals(Integer.toString(request.server().port()));
        return named && (host.isEmpty() || host.get().matches(request.server()));
    }
}
