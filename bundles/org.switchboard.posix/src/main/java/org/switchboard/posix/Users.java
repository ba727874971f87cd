package org.switchboard.posix;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Users and groups as the system's name services know them (getpwnam, getgrnam, getgrouplist), so directories count as well
 * as files. Calls may block.
 */
@ProviderType
public interface Users {

    /** A user by name, with its primary and supplementary groups; empty if there is none. */
    Optional<Account> user(String name) throws IOException;

    /** The name of a user id. */
    Optional<String> userName(int uid) throws IOException;

    /** A group's id by name; empty if there is none. */
    OptionalInt group(String name) throws IOException;

    /** The effective user id of this process. */
    int effectiveUser() throws IOException;
}
