package org.switchboard.api.entry;

import java.util.Objects;
import java.util.Optional;

/**
 * As whom a program runs. Names are looked up when the program starts, never here.
 *
 * @param user a user name, or {@code -} for the user that the server itself runs as
 * @param group a group name to run under instead of the user's primary group; empty for the primary group
 */
public record Identity(String user, Optional<String> group) {

    private static final String SERVER = "-";

    public Identity {
        Objects.requireNonNull(group);
        if (user.isEmpty()) {
            throw new IllegalArgumentException("empty user name");
        }
    }

    /** The server's own user and groups, unchanged. */
    public static Identity server() {
        return new Identity(SERVER, Optional.empty());
    }

    /** Whether this is the server's own identity, so that nothing has to be looked up or changed. */
    public boolean isServer() {
        return user.equals(SERVER) && group.isEmpty();
    }

    /** {@code user} or {@code user:group}. */
    @Override
    public String toString() {
        return group.map(name -> user + ":" + name).orElse(user);
    }
}
