package org.switchboard.posix;

import java.util.List;
import java.util.Objects;

/**
 * A user with the groups it runs under.
 *
 * @param gid the primary group, or the group that was asked for instead
 * @param groups the supplementary groups, as initgroups(3) would set them
 */
public record Account(String name, int uid, int gid, List<Integer> groups, String home, String shell) {

    public Account {
        Objects.requireNonNull(name);
        Objects.requireNonNull(home);
        Objects.requireNonNull(shell);
        groups = List.copyOf(groups);
    }
}
