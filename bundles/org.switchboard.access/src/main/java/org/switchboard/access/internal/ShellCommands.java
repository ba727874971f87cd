package org.switchboard.access.internal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.switchboard.access.internal.option.Arrangement;
import org.switchboard.access.internal.option.Commands;
import org.switchboard.api.entry.Identity;
import org.switchboard.posix.Account;
import org.switchboard.posix.Exit;
import org.switchboard.posix.Launch;
import org.switchboard.posix.Program;
import org.switchboard.posix.Spawner;
import org.switchboard.posix.Users;

/** Commands through the spawner, as the server unless an option says otherwise, with a PATH and what options set, and no more. */
final class ShellCommands implements Commands {

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int UMASK = 022;
    private static final int SIGNALLED = 128;

    private final Spawner spawner;
    private final Users users;

    ShellCommands(Spawner spawner, Users users) {
        this.spawner = spawner;
        this.users = users;
    }

    @Override
    public void check(Identity identity) throws IOException {
        account(identity);
    }

    private Optional<Account> account(Identity identity) throws IOException {
        if (identity.isServer()) {
            return Optional.empty();
        }
        int self = users.effectiveUser();
        boolean server = identity.user().equals(Identity.server().user());
        String name = server ? users.userName(self).orElse("") : identity.user();
        Account user = users.user(name).orElseThrow(() -> new IOException("unknown user: \"" + name + "\""));
        if (self != 0 && user.uid() != self) {
            throw new IOException("cannot become user \"" + name + "\": the server does not run as root");
        }
        if (identity.group().isEmpty()) {
            return Optional.of(user);
        }
        OptionalInt group = users.group(identity.group().get());
        if (group.isEmpty()) {
            throw new IOException("unknown group: \"" + identity.group().get() + "\"");
        }
        if (self != 0 && group.getAsInt() != user.gid()) {
            throw new IOException("cannot take group \"" + identity.group().get() + "\": the server does not run as root");
        }
        return Optional.of(new Account(user.name(), user.uid(), group.getAsInt(), List.of(group.getAsInt()), user.home(), user.shell()));
    }

    @Override
    public int run(String command, Arrangement arrangement, Instant until) throws IOException, InterruptedException {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", PATH));
        environment.putAll(arrangement.environment());
        Launch launch = new Launch("/bin/sh", List.of("sh", "-c", command), environment, account(arrangement.identity()),
                OptionalInt.of(arrangement.umask().orElse(UMASK)), arrangement.nice(), List.of(), Optional.empty(), "/");
        Program program = spawner.start(launch, Spawner.NO_SOCKET);
        try {
            long millis = Math.max(0, Duration.between(Instant.now(), until).toMillis());
            return status(program.exited().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException running) {
            return SIGNALLED;
        } catch (ExecutionException impossible) {
            throw new IOException(impossible.getCause());
        }
    }

    private static int status(Exit exit) throws IOException {
        if (exit instanceof Exit.NotStarted failed) {
            throw new IOException(failed.reason());
        }
        return exit instanceof Exit.Ended ended && ended.signal() == 0 ? ended.status() : SIGNALLED;
    }
}
