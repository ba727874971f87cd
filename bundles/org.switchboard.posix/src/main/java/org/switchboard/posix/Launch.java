package org.switchboard.posix;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A program to be started.
 *
 * @param program the path of the file to execute
 * @param argv the arguments from argv[0] on; at least one
 * @param environment the whole environment of the program, nothing is added
 * @param account whom to become; empty to stay what the server is
 * @param umask file mode creation mask
 * @param nice added to the niceness; 0 leaves it
 * @param limits resource limits to set, beside the original ones that the server was started with
 * @param root a directory to chroot into; empty for none
 * @param directory the working directory
 */
public record Launch(String program, List<String> argv, Map<String, String> environment, Optional<Account> account,
        OptionalInt umask, int nice, List<Limit> limits, Optional<String> root, String directory) {

    /** One resource limit, soft and hard; -1 is infinity. The resource is the number of RLIMIT_… on this system. */
    public record Limit(int resource, long soft, long hard) {
    }

    public Launch {
        Objects.requireNonNull(program);
        Objects.requireNonNull(account);
        Objects.requireNonNull(root);
        Objects.requireNonNull(directory);
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        limits = List.copyOf(limits);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("no argv[0] for " + program);
        }
    }
}
