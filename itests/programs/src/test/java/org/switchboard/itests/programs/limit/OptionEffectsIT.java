package org.switchboard.itests.programs.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.Distribution;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/**
 * An option that can do nothing for an entry is a finding, with file and line, and in what {@code show} says of the
 * entry.
 */
class OptionEffectsIT {

    private static final Pattern FINDING = Pattern.compile(":(\\d+): warning: option '(\\w+)' has no effect: .+");

    private static final String PROGRAM = "user = -, exec = /bin/cat, args = cat";
    private static final String PROVIDER = "user = -, exec = internal, args = echo";

    private static final String ALL = "service_max = 2, ip_max = 2, cpm = 2, instances = 2, per_source = 2,"
            + " on_limit = terminate, suspend_seconds = 60, udp_rate = 2, tcp_wrappers = yes, umask = 022, nice = 1,"
            + " env = A=b, environment = inherited, backlog = 9, sndbuf = 8k, recvbuf = 8k, socket_user = root,"
            + " socket_group = root, socket_mode = 600, listen = 127.0.0.1";

    private static final Set<String> ADDRESSES = Set.of("ip_max", "cpm", "per_source", "tcp_wrappers");
    private static final Set<String> PATHS = Set.of("socket_user", "socket_group", "socket_mode");

    private Workspace workspace;

    @BeforeEach
    void create() throws Exception {
        workspace = Workspace.create();
    }

    @AfterEach
    void remove() throws Exception {
        workspace.close();
    }

    @SafeVarargs
    private static Set<String> without(Set<String>... sets) {
        Set<String> all = new TreeSet<>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return all;
    }

    /** What the findings say, by the line that they name. */
    private static Map<Integer, Set<String>> findings(String output) {
        Map<Integer, Set<String>> byLine = new TreeMap<>();
        output.lines().map(FINDING::matcher).filter(Matcher::find).forEach(found ->
                byLine.computeIfAbsent(Integer.parseInt(found.group(1)), line -> new TreeSet<>()).add(found.group(2)));
        return byLine;
    }

    private String check(String... lines) throws Exception {
        Path conf = workspace.write("inetd.conf", String.join("\n", lines) + "\n");
        return Command.run(Distribution.script(), "check", conf.toString()).output();
    }

    @Test
    void everyOptionForEveryKindOfEntryIsAFindingWhereItCanDoNothing() throws Exception {
        Map<String, Set<String>> kinds = Map.of(
                "protocol = tcp, wait = no, " + PROGRAM, without(PATHS, Set.of("udp_rate")),
                "protocol = tcp, wait = yes, " + PROGRAM, without(PATHS, ADDRESSES, Set.of("udp_rate", "instances")),
                "protocol = udp, wait = no, " + PROGRAM, without(PATHS, Set.of("udp_rate", "backlog")),
                "protocol = udp, wait = yes, " + PROGRAM, without(PATHS, Set.of("udp_rate", "backlog", "instances",
                "per_source")),
                "protocol = tcp, wait = no, " + PROVIDER, without(PATHS, Set.of("udp_rate")),
                "protocol = udp, " + PROVIDER, without(PATHS, Set.of("backlog")));
        List<String> lines = new ArrayList<>();
        Map<Integer, Set<String>> expected = new TreeMap<>();
        kinds.forEach((kind, none) -> {
            lines.add((20_001 + lines.size()) + " on " + kind + ", " + ALL + ";");
            expected.put(lines.size(), none);
        });
        String unix = ", listen, rcvbuf, udp_rate";
        Map<String, String> paths = Map.of(
                "socktype = stream, wait = no, " + PROGRAM, "ip_max, cpm, per_source, tcp_wrappers, sndbuf" + unix,
                "socktype = stream, wait = yes, " + PROGRAM,
                "ip_max, cpm, per_source, tcp_wrappers, sndbuf, instances" + unix,
                "socktype = dgram, wait = yes, " + PROGRAM,
                "ip_max, cpm, per_source, tcp_wrappers, instances, backlog" + unix,
                "socktype = stream, wait = no, " + PROVIDER, "ip_max, cpm, per_source, tcp_wrappers, sndbuf" + unix,
                "socktype = dgram, " + PROVIDER, "ip_max, cpm, per_source, tcp_wrappers, backlog" + unix);
        paths.forEach((kind, none) -> {
            lines.add("/tmp/option-effects-" + lines.size() + " on protocol = unix, " + kind + ", " + ALL + ";");
            expected.put(lines.size(), new TreeSet<>(Set.of(none.split(", "))));
        });
        String output = check(lines.toArray(String[]::new));

        assertThat(findings(output)).as(output).isEqualTo(expected);
    }

    @Test
    void anEntryWithoutAPortOfItsOwnHasNoSocket() throws Exception {
        String output = check("tcpmux on protocol = tcp4, wait = no, user = -, exec = internal;",
                "tcpmux/x on protocol = tcp4, wait = no, " + PROGRAM
                + ", backlog = 9, sndbuf = 8k, recvbuf = 8k, ip_max = 2;");

        assertThat(findings(output)).as(output).isEqualTo(Map.of(2, Set.of("backlog", "sndbuf", "rcvbuf")));
    }

    @Test
    void optionsOfProgramsAreNothingForAProvider() throws Exception {
        String output = check("20001 on protocol = tcp4, wait = no, " + PROVIDER + ", umask = 022, nice = 1, env = A=b,"
                + " environment = inherited, on_limit = queue, suspend_seconds = 9;");

        assertThat(findings(output)).as(output).isEqualTo(Map.of(1,
                Set.of("umask", "nice", "env", "environment", "on_limit", "suspend_seconds")));
    }

    @Test
    void whatADialectTakesForGrantedIsNoFinding() throws Exception {
        for (String dialect : List.of("debian", "openbsd", "gnu", "busybox", "freebsd", "netbsd", "netkit")) {
            Path conf = workspace.write(dialect + ".conf", String.join("\n", "20001 stream tcp nowait root /bin/cat cat",
                    "20002 stream tcp wait root /bin/cat cat", "20003 dgram udp wait root /bin/cat cat",
                    "echo stream tcp nowait root internal", "echo dgram udp wait root internal", ""));
            String output = Command.run(Distribution.script(), "check", "--dialect", dialect, conf.toString()).output();

            assertThat(findings(output)).as("%s: %s", dialect, output).isEmpty();
        }
    }

    @Test
    void theLogAndTheEntrySayIt() throws Exception {
        int port = FreePorts.next();
        String entry = "127.0.0.1:" + port + " on protocol = tcp4, wait = yes, " + PROGRAM + ", ip_max = 2;";
        String finding = "option 'ip_max' has no effect: its program accepts the clients, whose addresses the server does"
                + " not see";
        try (RunningServer server = RunningServer.start(entry)) {
            server.awaitLog("inetd.conf:1: warning: " + finding);
            assertThat(server.ask("show", port + "/tcp4").orFail()).contains("note        " + finding);
            assertThat(server.reload(entry)).contains("inetd.conf:1: warning: " + finding);
        }
    }
}
