package org.switchboard.provider.exec.internal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.switchboard.api.entry.Identity;
import org.switchboard.posix.Account;
import org.switchboard.posix.Users;

/**
 * Which account an entry's identity means, kept for a few seconds: name services are not made to be asked at the rate that
 * programs start. Safe for several threads.
 */
final class Accounts {

    /** How long an answer is good; long enough for a burst, short enough for an administrator. */
    static final Duration KEPT = Duration.ofSeconds(5);

    private static final int MAX_KEPT = 1000;
    private static final int ROOT = 0;

    private final Users users;
    private final InstantSource clock;
    private final Map<Identity, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(Optional<Account> account, Instant until) {
    }

    Accounts(Users users, InstantSource clock) {
        this.users = users;
        this.clock = clock;
    }

    /**
     * The account to become; empty to stay what the server is.
     *
     * @throws IOException if there is no such user or group, or we may not become it; the message says which
     */
    Optional<Account> of(Identity identity) throws IOException {
        if (identity.isServer()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Kept known = kept.get(identity);
        if (known != null && now.isBefore(known.until())) {
            return known.account();
        }
        Optional<Account> account = permitted(lookUp(identity), identity);
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        kept.put(identity, new Kept(account, now.plus(KEPT)));
        return account;
    }

    void forget(Identity identity) {
        kept.remove(identity);
    }

    private Account lookUp(Identity identity) throws IOException {
        boolean server = identity.user().equals(Identity.server().user());
        Optional<Account> user = users.user(server ? serverName() : identity.user());
        if (user.isPresent()) {
            return identity.group().isPresent() ? withGroup(user.get(), identity.group().get()) : user.get();
        }
        Optional<Identity> second = identity.splitAtDot();
        if (second.isPresent() && users.user(second.get().user()).isPresent()) {
            return lookUp(second.get());
        }
        throw new IOException("unknown user '" + identity.user() + "'");
    }

    private String serverName() throws IOException {
        int uid = users.effectiveUser();
        return users.userName(uid).orElseThrow(() -> new IOException("the server's user id " + uid + " has no name"));
    }

    /**
     * The group takes the place of the user's own. Root keeps no other: who writes {@code root:group} wants less, not more.
     *
     * <p>Source: inetd(8), OpenBSD and netkit.
     */
    private Account withGroup(Account user, String group) throws IOException {
        OptionalInt gid = users.group(group);
        if (gid.isEmpty()) {
            throw new IOException("unknown group '" + group + "'");
        }
        List<Integer> groups = new ArrayList<>(List.of(gid.getAsInt()));
        if (user.uid() != ROOT) {
            user.groups().stream().filter(each -> each != user.gid() && !groups.contains(each)).forEach(groups::add);
        }
        return new Account(user.name(), user.uid(), gid.getAsInt(), groups, user.home(), user.shell());
    }

    /** Only root becomes somebody else; anybody is already who he is, and nothing is run as another user than the line says. */
    private Optional<Account> permitted(Account account, Identity identity) throws IOException {
        int self = users.effectiveUser();
        if (self == ROOT) {
            return Optional.of(account);
        }
        if (account.uid() != self) {
            throw new IOException("cannot become user '" + account.name() + "': the server runs as '"
                    + users.userName(self).orElse(Integer.toString(self)) + "', not as root");
        }
        boolean ownGroup = users.user(account.name()).filter(own -> own.gid() == account.gid()).isPresent();
        if (!ownGroup) {
            throw new IOException("cannot take the group of '" + identity + "': the server does not run as root");
        }
        return Optional.empty();
    }
}
