package org.switchboard.access.internal.table;

import java.util.Optional;
import java.util.function.Consumer;
import org.switchboard.access.internal.request.Request;
import org.switchboard.access.internal.request.UndecidedException;

/**
 * Which clients are meant: a host, and perhaps a user there, who is asked for only where the host matches.
 *
 * @param user of {@code user@host}
 */
record ClientPattern(Optional<String> user, HostPattern host) {

    static ClientPattern parse(String word, Consumer<String> complaints) {
        int at = word.indexOf('@', 1);
        return at < 0 ? new ClientPattern(Optional.empty(), HostPattern.parse(word, complaints))
                : new ClientPattern(Optional.of(word.substring(0, at)), HostPattern.parse(word.substring(at + 1), complaints));
    }

    boolean matches(Request request) throws InterruptedException, UndecidedException {
        return Decision.both(() -> host.matches(request.client()),
                () -> user.isEmpty() || Text.matches(user.get(), request.user()));
    }
}
