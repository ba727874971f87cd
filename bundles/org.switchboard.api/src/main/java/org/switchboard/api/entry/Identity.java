package org.switchboard.api.entry;

import java.util.Objects;
import java.util.Optional;

/**
 * As whom a program runs. Names are looked up when the program starts, never here.
 *
 * @param user a user name, or {@code -} for the user that the server itself runs as; a name with a dot may also mean
 *     {@code user.group}, see {@link #splitAtDot}
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

    /**
     * The other reading of a user name with a dot: {@code user.group}, as the older inetds write it. It counts only where no
     * user has the whole name, so whoever looks users up asks for that one first, and for this one if there is none.
     *
     * @return what stands before and after the first dot; empty if there is no dot between two names, or a group is given
     */
    public Optional<Identity> splitAtDot() {
        int dot = user.indexOf('.');
        if (group.isPresent() || dot <= 0 || dot == user.length() - 1) {
            return Optional.empty();
        }
        return Optional.of(new Identity(user.substring(0, dot), Optional.of(user.substring(dot + 1))));
    }

    /** {@code user} or {@code user:group}. */
    @Override
    public String toString() {
        return group.map(name -> user + ":" + name).orElse(user);
    }
}
