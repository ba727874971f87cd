package org.switchboard.dispatcher.internal.resolve;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.posix.Account;
import org.switchboard.posix.SocketSpec.Access;
import org.switchboard.posix.Users;

/**
 * The options {@code backlog}, how many connections the kernel queues, and {@code socket_user}, {@code socket_group} and
 * {@code socket_mode}, who may use a Unix socket.
 *
 * <p>Source: inetd(8), {@code -q}; inetd(8), FreeBSD, {@code :user:group:mode:/path}.
 */
final class SocketOptions {

    static final String BACKLOG = "backlog";
    static final String USER = "socket_user";
    static final String GROUP = "socket_group";
    static final String MODE = "socket_mode";

    private static final int USUAL_BACKLOG = 1024;
    private static final int OCTAL = 8;

    private SocketOptions() {
    }

    static int backlog(ServiceEntry entry) throws UnresolvedException {
        String text = entry.options().get(BACKLOG);
        if (text == null) {
            return USUAL_BACKLOG;
        }
        if (!text.matches("0*[1-9][0-9]{0,8}")) {
            throw new UnresolvedException("option '" + BACKLOG + "' must be a number from 1 to 999999999, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    /** @throws UnresolvedException if there is no such user or group, or the mode is none */
    static Access access(ServiceEntry entry, Users users) throws UnresolvedException {
        String user = entry.options().getOrDefault(USER, "");
        String group = entry.options().getOrDefault(GROUP, "");
        String mode = entry.options().getOrDefault(MODE, "0666");
        if (!mode.matches("0?[0-7]{1,3}")) {
            throw new UnresolvedException("option '" + MODE + "' must be an octal mode from 0 to 0777, not '" + mode + "'");
        }
        try {
            int uid = user.isEmpty() ? Access.UNCHANGED : uid(users.user(user), user);
            int gid = group.isEmpty() ? Access.UNCHANGED : gid(users.group(group), group);
            return new Access(uid, gid, Integer.parseInt(mode, OCTAL));
        } catch (IOException failed) {
            throw new UnresolvedException("cannot look up who owns '" + entry.name() + "': " + failed.getMessage());
        }
    }

    private static int uid(Optional<Account> user, String name) throws UnresolvedException {
        return user.orElseThrow(() -> new UnresolvedException("option '" + USER + "': unknown user '" + name + "'")).uid();
    }

    private static int gid(OptionalInt group, String name) throws UnresolvedException {
        return group.orElseThrow(() -> new UnresolvedException("option '" + GROUP + "': unknown group '" + name + "'"));
    }
}
