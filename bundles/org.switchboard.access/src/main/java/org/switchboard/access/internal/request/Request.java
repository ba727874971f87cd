package org.switchboard.access.internal.request;

import java.time.Duration;
import java.util.Optional;

/** A client that wants to be served by a daemon. For one thread. */
public final class Request {

    private final String daemon;
    private final Party client;
    private final Party server;
    private final Optional<UserNames> users;
    private Optional<String> user = Optional.empty();

    /** @param users who says the client's user; empty for datagrams, which no user name belongs to */
    public Request(String daemon, Party client, Party server, Optional<UserNames> users) {
        this.daemon = daemon;
        this.client = client;
        this.server = server;
        this.users = users;
    }

    public String daemon() {
        return daemon;
    }

    public Party client() {
        return client;
    }

    public Party server() {
        return server;
    }

    /** The user at the client's host, as that host says; {@link Party#UNKNOWN} if it does not. Asked for once. */
    public String user() {
        return user(UserNames.PATIENCE);
    }

    /** As {@link #user()}, and so patiently, if nobody has asked before. */
    public String user(Duration patience) {
        if (user.isEmpty()) {
            user = Optional.of(users.flatMap(asked -> asked.user(client, server, patience)).orElse(Party.UNKNOWN));
        }
        return user.get();
    }

    /** {@code user@host}, or the host where the user was not asked for or is not known. Looks nothing up. */
    public String clientInfo() {
        return user.filter(known -> !known.equals(Party.UNKNOWN)).map(known -> known + "@" + client.info()).orElseGet(client::info);
    }

    /** {@code daemon@host}. Looks nothing up. */
    public String serverInfo() {
        return daemon + "@" + server.info();
    }
}
