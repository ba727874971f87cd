package org.switchboard.access.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.switchboard.access.internal.option.Arrangement;
import org.switchboard.access.internal.option.Commands;
import org.switchboard.access.internal.request.Names;
import org.switchboard.access.internal.request.Party;
import org.switchboard.access.internal.request.Request;
import org.switchboard.access.internal.request.UndecidedException;
import org.switchboard.access.internal.table.HostsTable;
import org.switchboard.access.internal.table.Reread;
import org.switchboard.api.admission.Verdict;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.Identity;
import org.switchboard.api.entry.Protocol;
import org.switchboard.api.entry.ServiceEntry;
import org.switchboard.testkit.Entries;
import org.switchboard.testkit.FakeLoggers;
import org.switchboard.testkit.FakeVisit;

/** Two files, a world in which hosts have the names that a test gives them, and clients who want to be let in. */
final class Court implements Names, Commands {

    static final String SERVER = "192.0.2.1";

    final FakeLoggers loggers = new FakeLoggers();
    final List<Finding> findings = new ArrayList<>();
    final List<String> lookedUp = new ArrayList<>();
    final List<String> commands = new ArrayList<>();
    ServiceEntry entry = Entries.entry("ftp", Protocol.TCP4).program("/usr/sbin/in.ftpd", List.of("in.ftpd")).build();
    int exitStatus;
    private boolean resolverDown;

    private final Map<String, Found> names = new HashMap<>(Map.of("127.0.0.1", new Found(Optional.of("localhost"), true)));
    private final Path allow;
    private final Path deny;
    private final Judge judge;

    Court(Path folder) {
        allow = folder.resolve("hosts.allow");
        deny = folder.resolve("hosts.deny");
        judge = new Judge(file(allow), file(deny), this, new AuthLog(loggers), loggers.logger());
    }

    private Reread<HostsTable> file(Path path) {
        return new Reread<>(path, text -> {
            HostsTable table = HostsTable.parse(path.getFileName().toString(), text, findings::add);
            findings.addAll(table.findings());
            return table;
        }, HostsTable.EMPTY, new Reread.Log() {
            @Override
            public void unreadable(String why) {
                loggers.logger().error("{}", why);
            }

            @Override
            public void readableAgain(Path file, long attempts) {
                loggers.logger().info("{} can be read again, after {} attempts", file.getFileName(), attempts);
            }
        });
    }

    Court allow(String text) {
        return write(allow, text);
    }

    Court deny(String text) {
        return write(deny, text);
    }

    private Court write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.ISO_8859_1);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives an address a name that leads back to it. */
    Court name(String address, String name) {
        names.put(address, new Found(Optional.of(name), true));
        return this;
    }

    /** Gives an address a name that leads elsewhere. */
    Court falseName(String address, String name) {
        names.put(address, new Found(Optional.of(name), false));
        return this;
    }

    /** From now on no look-up succeeds. */
    Court resolverDown() {
        resolverDown = true;
        return this;
    }

    FakeVisit visit(String address) {
        return FakeVisit.between(entry, new InetSocketAddress(address, 4711), new InetSocketAddress(SERVER, 21));
    }

    /** The verdict on {@code daemon} or {@code daemon@address}, and {@code address} or {@code user@address}. */
    Verdict judge(String service, String client) throws Exception {
        return judge(service, client, visit(part(client, 1)));
    }

    Verdict judge(String service, String client, FakeVisit visit) throws Exception {
        String local = service.contains("@") ? part(service, 1) : SERVER;
        Optional<String> user = client.contains("@") ? Optional.of(part(client, 0)) : Optional.empty();
        Request request = new Request(part(service, 0), party(part(client, 1), 4711), party(local, 21),
                Optional.of((asked, server, patience) -> {
                    lookedUp.add("user at " + asked.address() + " in " + patience.toSeconds());
                    return user;
                }));
        return judge.judge(request, visit);
    }

    private static String part(String text, int which) {
        String[] parts = text.split("@");
        return parts[Math.min(which, parts.length - 1)];
    }

    private Party party(String address, int port) throws IOException {
        return new Party(InetAddress.getByName(address), port, this);
    }

    boolean grants(String service, String client) throws Exception {
        return judge(service, client) instanceof Verdict.Admit;
    }

    @Override
    public Found find(InetAddress address) {
        lookedUp.add(address.getHostAddress());
        return resolverDown ? Found.FAILED : names.getOrDefault(address.getHostAddress(), Found.NOTHING);
    }

    @Override
    public boolean inNetgroup(String netgroup, String host) throws UndecidedException {
        if (resolverDown) {
            throw new UndecidedException("no netgroups");
        }
        return netgroup.equals("trusted") && host.equals("mother.example");
    }

    @Override
    public void check(Identity identity) throws IOException {
        if (identity.user().startsWith("nosuch")) {
            throw new IOException("unknown user: \"" + identity.user() + "\"");
        }
    }

    @Override
    public int run(String command, Arrangement arrangement, Instant until) {
        String extras = arrangement.environment() + " " + arrangement.identity() + " " + arrangement.umask().orElse(-1) + " "
                + arrangement.nice();
        commands.add(extras.equals("{} - -1 0") ? command : command + " [" + extras + "]");
        return Duration.between(Instant.now(), until).isNegative() ? 1 : exitStatus;
    }
}
