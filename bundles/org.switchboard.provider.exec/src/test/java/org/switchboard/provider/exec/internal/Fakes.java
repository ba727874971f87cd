package org.switchboard.provider.exec.internal;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.api.provider.SocketDescriptor;
import org.switchboard.posix.Account;
import org.switchboard.posix.Exit;
import org.switchboard.posix.Launch;
import org.switchboard.posix.Program;
import org.switchboard.posix.Spawner;
import org.switchboard.posix.Users;

/** Users, a spawner and sockets as a test wants them. */
final class Fakes {

    private Fakes() {
    }

    /** Knows root, ftp (uid 14, groups 50, 14 and 60) and the groups wheel (0) and www (33). */
    static final class People implements Users {
        private final Map<String, Account> accounts = new HashMap<>(Map.of(
                "root", new Account("root", 0, 0, List.of(0, 4), "/root", "/bin/sh"),
                "ftp", new Account("ftp", 14, 50, List.of(50, 14, 60), "/srv/ftp", "/bin/false")));
        private int self;
        private int questions;

        People(int self) {
            this.self = self;
        }

        int questions() {
            return questions;
        }

        void add(Account account) {
            accounts.put(account.name(), account);
        }

        @Override
        public Optional<Account> user(String name) {
            questions++;
            return Optional.ofNullable(accounts.get(name));
        }

        @Override
        public Optional<String> userName(int uid) {
            return accounts.values().stream().filter(account -> account.uid() == uid).map(Account::name).findFirst();
        }

        @Override
        public OptionalInt group(String name) {
            return switch (name) {
                case "wheel" -> OptionalInt.of(0);
                case "www" -> OptionalInt.of(33);
                default -> OptionalInt.empty();
            };
        }

        @Override
        public int effectiveUser() {
            return self;
        }
    }

    /** Notes what it is to start; the programs run until they are told to end. */
    static final class Starter implements Spawner {
        final List<Launch> launches = new ArrayList<>();
        final List<Run> programs = new ArrayList<>();
        Optional<String> obstacle = Optional.empty();

        @Override
        public Program start(Launch launch, int socket) throws IOException {
            launches.add(launch);
            Run run = new Run(new CompletableFuture<>(), new CompletableFuture<>(), new ArrayList<>());
            programs.add(run);
            return run;
        }

        @Override
        public Optional<String> obstacle() {
            return obstacle;
        }
    }

    record Run(CompletableFuture<Long> started, CompletableFuture<Exit> exited, List<Integer> signals) implements Program {
        @Override
        public OptionalLong pid() {
            return started.isDone() ? OptionalLong.of(started.join()) : OptionalLong.empty();
        }

        @Override
        public CompletableFuture<Long> started() {
            return started;
        }

        @Override
        public CompletableFuture<Exit> exited() {
            return exited;
        }

        @Override
        public void signal(int number) {
            signals.add(number);
        }
    }

    record Handed(int fd, long session, ServiceEntry entry, Optional<SocketAddress> local, Optional<SocketAddress> remote)
            implements SocketDescriptor {
    }
}
