package org.switchboard.config.inetd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.switchboard.api.config.Includes;
import org.switchboard.api.config.Parsed;
import org.switchboard.api.entry.Finding;
import org.switchboard.api.entry.ServiceEntry;

/**
 * What the family can do, as a table: each behaviour in the words of every dialect, through one test. A dialect that can do it
 * gets the entries of the first column; one that cannot says so, or means what its own column says.
 */
class FeatureMatrixTest {

    private static final String END = " nowait root /bin/a a";
    private static final Includes NOTHING = (directive, pattern) -> new Includes.Included(List.of(), List.of());

    /** The words of each dialect for IPv4, for IPv6 alone and for both on one socket; empty where there is none. */
    private static final Map<String, List<String>> FAMILIES = Map.of(
            "switchboard", List.of("tcp4", "tcp6", "tcp46"), "debian", List.of("tcp4", "tcp6", "tcp46"),
            "openbsd", List.of("tcp4", "tcp6", ""), "gnu", List.of("tcp4", "tcp6only", "tcp6"),
            "busybox", List.of("tcp", "", "tcp6"), "freebsd", List.of("tcp4", "tcp6", "tcp46"),
            "netbsd", List.of("tcp4", "tcp6", ""), "netkit", List.of("tcp", "", ""));

    /** One row: a behaviour, what it gives, how it is written, and where. */
    private static final class Row {
        private final String behaviour;
        private final String meaning;
        private final Map<String, String> texts = new LinkedHashMap<>();
        private final Map<String, String> otherwise = new HashMap<>();

        Row(String behaviour, String meaning) {
            this.behaviour = behaviour;
            this.meaning = meaning;
        }

        /** Written so in these dialects. */
        Row in(String text, String... dialects) {
            for (String dialect : dialects) {
                texts.put(dialect, text);
            }
            return this;
        }

        /** These read it and mean something else. */
        Row but(String otherMeaning, String text, String... dialects) {
            for (String dialect : dialects) {
                texts.put(dialect, text);
                otherwise.put(dialect, otherMeaning);
            }
            return this;
        }

        /** What every dialect is given that has not been named: it must say that it cannot. */
        Row elsewhere(String text) {
            Family.NAMES.forEach(dialect -> {
                if (!texts.containsKey(dialect)) {
                    texts.put(dialect, text);
                    otherwise.put(dialect, "");
                }
            });
            return this;
        }
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("a port as a number", "7007/tcp4 port=7007")
                .in("7007 stream V4" + END, "switchboard", "debian", "openbsd", "gnu", "busybox", "netbsd")
                .elsewhere("7007 stream V4" + END));
        rows.add(new Row("host and service", "a/tcp4@10.0.0.1")
                .in("10.0.0.1:a stream V4" + END, "switchboard", "debian", "openbsd", "gnu", "busybox", "netbsd")
                .in("a@10.0.0.1 stream V4" + END, "netkit").elsewhere("10.0.0.1:a stream V4" + END));
        rows.add(new Row("a list of hosts", "a/tcp4@10.0.0.1 a/tcp4@10.0.0.2")
                .in("10.0.0.1,10.0.0.2:a stream V4" + END, "switchboard", "debian", "openbsd", "gnu", "busybox")
                .elsewhere("10.0.0.1,10.0.0.2:a stream V4" + END));
        rows.add(new Row("a line that sets the host", "a/tcp4@10.0.0.1")
                .in("10.0.0.1:\na stream V4" + END, "switchboard", "debian", "openbsd", "gnu", "busybox", "netbsd")
                .but("a/tcp4", "10.0.0.1:\na stream V4" + END, "freebsd", "netkit"));
        rows.add(new Row("a host, a blank, a service", "a/tcp4@10.0.0.1")
                .in("10.0.0.1: a stream V4" + END, "switchboard", "debian", "openbsd", "netbsd")
                .elsewhere("10.0.0.1: a stream V4" + END));
        rows.add(new Row("an IPv6 address in brackets", "a/tcp6@::1")
                .in("[::1]:a stream V6" + END, "switchboard", "debian", "openbsd", "netbsd")
                .but("a/tcp46@::1", "[::1]:a stream tcp6" + END, "busybox").elsewhere("[::1]:a stream tcp6" + END));
        rows.add(new Row("IPv6 alone", "a/tcp6").in("a stream V6" + END, "switchboard", "debian", "openbsd", "gnu", "freebsd", "netbsd")
                .elsewhere("a stream tcp6only" + END));
        rows.add(new Row("both on one socket", "a/tcp46").in("a stream DUAL" + END, "switchboard", "debian", "gnu", "busybox", "freebsd")
                .elsewhere("a stream tcp46" + END));
        rows.add(new Row("a bare tcp", "a/tcp4").in("a stream tcp" + END, "openbsd", "gnu", "busybox", "freebsd", "netbsd", "netkit")
                .but("a/tcp", "a stream tcp" + END, "switchboard", "debian"));
        rows.add(new Row("IPv4 and IPv6 lines on one port", "a/tcp4 a/tcp6")
                .in("a stream tcp4" + END + "\na stream tcp6" + END, "switchboard", "debian", "openbsd", "gnu", "freebsd", "netbsd")
                .in("a stream tcp" + END + "\na stream tcp6" + END, "busybox")
                .but("a/tcp4", "a stream tcp" + END + "\na stream tcp6" + END, "netkit"));
        rows.add(new Row("a Unix socket", "/run/a/unix").in("/run/a stream unix" + END, "switchboard", "debian", "openbsd", "busybox",
                "freebsd", "netbsd", "netkit").elsewhere("/run/a stream unix" + END));
        rows.add(new Row("whose Unix socket it is", "/run/a/unix {socket_group=g, socket_mode=600, socket_user=u}")
                .in(":u:g:600:/run/a stream unix" + END, "switchboard", "freebsd")
                .but("/run/a/unix", ":u:g:600:/run/a stream unix" + END, "debian", "openbsd", "busybox", "netbsd")
                .elsewhere(":u:g:600:/run/a stream unix" + END));
        rows.add(new Row("sockets that are neither stream nor datagram", "").elsewhere("a seqpacket V4" + END));
        rows.add(new Row("RPC", "r/1-3/udp4 port=0 {rpc_program=r, rpc_versions=1-3}")
                .in("r/1-3 dgram rpc/udp wait root /bin/a a", "openbsd", "busybox", "freebsd", "netbsd", "netkit")
                .in("r/1-3 dgram rpc/udp4 wait root /bin/a a", "switchboard", "debian").elsewhere("r/1-3 dgram rpc/udp wait root /bin/a a"));
        rows.add(new Row("sizes of buffers", "a/tcp4 {rcvbuf=1m, sndbuf=8k}")
                .in("a stream tcp4,sndbuf=8k,rcvbuf=1m" + END, "switchboard", "netbsd")
                .but("a/tcp4", "a stream tcp4,sndbuf=8k,rcvbuf=1m" + END, "debian", "openbsd", "gnu")
                .elsewhere("a stream tcp,sndbuf=8k,rcvbuf=1m" + END));
        rows.add(new Row("an accept filter", "a/tcp4").in("a stream:dataready V4" + END, "switchboard", "netbsd")
                .elsewhere("a stream:dataready V4" + END));
        rows.add(new Row("quotes around words", "a/tcp4 [/bin/a, a, b c]")
                .in("a stream V4" + END + " 'b c'", "switchboard", "gnu", "freebsd", "netbsd")
                .but("a/tcp4 [/bin/a, a, 'b, c']", "a stream V4" + END + " 'b c'", "debian", "openbsd", "busybox", "netkit"));
        rows.add(new Row("quotes within words", "a/tcp4 [/bin/a, a, b cd]")
                .in("a stream V4" + END + " b' c'd", "switchboard", "netbsd")
                .but("a/tcp4 [/bin/a, a, b,  c, d]", "a stream V4" + END + " b' c'd", "gnu")
                .but("a/tcp4 [/bin/a, a, b', c'd]", "a stream V4" + END + " b' c'd", "debian", "openbsd", "busybox", "netkit", "freebsd"));
        rows.add(new Row("escapes in words", "a/tcp4 [/bin/a, a, A]")
                .in("a on protocol = tcp4, wait = no, user = root, exec = /bin/a, args = a \"\\x41\";", "switchboard", "netbsd"));
        rows.add(new Row("a line that begins with a blank continues", "a/tcp4 [/bin/a, a, b]")
                .in("a stream V4" + END + "\n b", "switchboard", "debian", "openbsd", "freebsd", "netbsd", "netkit")
                .but("a/tcp4", "a stream V4" + END + "\n b", "gnu", "busybox"));
        rows.add(new Row("a comment inside a line", "a/tcp4 [/bin/a, a]").in("a stream V4" + END + " # b", "busybox")
                .in("a on protocol = tcp4, wait = no, # b\n user = root, exec = /bin/a, args = a;", "netbsd", "switchboard")
                .but("a/tcp4 [/bin/a, a, #, b]", "a stream V4" + END + " # b", "debian", "openbsd", "gnu", "freebsd", "netkit"));
        rows.add(new Row("included files", "in/tcp4").in(".include x", "switchboard", "netbsd").elsewhere(".include x"));
        rows.add(new Row("keys and values", "a/tcp4").in("a on protocol = tcp4, wait = no, user = root, exec = /bin/a, args = a;",
                "switchboard", "netbsd").elsewhere("a on protocol = tcp4, wait = no, user = root, exec = /bin/a, args = a;"));
        rows.add(new Row("so many in a minute", "a/tcp4 {service_max=40}")
                .in("a stream V4 nowait.40 root /bin/a a", "switchboard", "gnu", "netbsd")
                .but("a/tcp4 {service_max=39}", "a stream V4 nowait.40 root /bin/a a", "debian", "openbsd", "busybox", "netkit")
                .but("a/tcp4", "a stream V4 nowait.40 root /bin/a a", "freebsd"));
        rows.add(new Row("so many in a minute from one address", "a/tcp4 {ip_max=3}")
                .in("a on protocol = tcp4, wait = no, user = root, exec = /bin/a, args = a, ip_max = 3;", "switchboard", "netbsd")
                .but("a/tcp4 {cpm=3, instances=UNLIMITED}", "a stream V4 nowait/0/3 root /bin/a a", "freebsd"));
        rows.add(new Row("so many at a time", "a/tcp4 {instances=5}").in("a stream,5 V4" + END, "switchboard", "netbsd")
                .in("a stream V4 nowait/5 root /bin/a a", "freebsd").elsewhere("a stream,5 V4" + END));
        rows.add(new Row("so many at a time from one address", "a/tcp4 {cpm=9, instances=5, per_source=2}")
                .in("a stream V4 nowait/5/9/2 root /bin/a a", "switchboard", "freebsd")
                .but("a/tcp4", "a stream V4 nowait/5/9/2 root /bin/a a", "debian", "openbsd", "gnu", "netbsd", "netkit")
                .elsewhere("a stream V4 nowait/5/9/2 root /bin/a a"));
        rows.add(new Row("a group", "a/tcp4 root:wheel")
                .in("a stream V4 nowait root:wheel /bin/a a", "switchboard", "debian", "openbsd", "gnu", "busybox", "freebsd", "netbsd")
                .in("a stream V4 nowait root.wheel /bin/a a", "netkit"));
        rows.add(new Row("a group behind a dot", "a/tcp4 root:wheel")
                .in("a stream V4 nowait root.wheel /bin/a a", "debian", "openbsd", "gnu", "busybox", "netbsd", "netkit")
                .but("a/tcp4 root.wheel", "a stream V4 nowait root.wheel /bin/a a", "switchboard", "freebsd"));
        rows.add(new Row("a login class", "a/tcp4 root").in("a stream V4 nowait root/daemon /bin/a a", "switchboard", "freebsd")
                .but("a/tcp4 root/daemon", "a stream V4 nowait root/daemon /bin/a a", "debian", "openbsd", "gnu", "busybox", "netbsd",
                        "netkit"));
        rows.add(new Row("services of tcpmux", "tcpmux/a/tcp4 {mux=plus}")
                .in("tcpmux/+a stream V4" + END, "switchboard", "gnu", "freebsd", "netbsd").elsewhere("tcpmux/+a stream V4" + END));
        return rows;
    }

    @TestFactory
    Stream<DynamicTest> everyDialectMeansWhatItsSystemMeans() {
        return rows().stream().flatMap(row -> row.texts.entrySet().stream().map(written -> DynamicTest.dynamicTest(
                row.behaviour + ": " + written.getKey(), () -> check(row, written.getKey(), written.getValue()))));
    }

    private static void check(Row row, String dialect, String template) {
        List<String> words = FAMILIES.get(dialect);
        String text = template.replace("V4", words.get(0)).replace("V6", words.get(1)).replace("DUAL", words.get(2));
        String expected = row.otherwise.getOrDefault(dialect, row.meaning);
        Parsed parsed = new InetdDialect(dialect).parse("x", text, (directive, pattern) -> new Includes.Included(
                List.of(new Includes.Text("y", "in stream tcp4" + END, NOTHING)), List.of()));
        assertThat(String.join(" ", parsed.entries().stream().map(entry -> render(entry, expected)).toList()))
                .as("%s in %s, %s", text, dialect, parsed.findings()).isEqualTo(expected);
        boolean errors = parsed.findings().stream().anyMatch(finding -> finding.severity() == Finding.Severity.ERROR);
        assertThat(errors).as("%s in %s: %s", text, dialect, parsed.findings())
                .isEqualTo(expected.isEmpty() || row.otherwise.containsKey(dialect) && errors);
    }

    /** As much of it as the row is about. */
    private static String render(ServiceEntry entry, String expected) {
        String id = entry.id() + (entry.port().isPresent() ? " port=" + entry.port().getAsInt() : "");
        boolean identity = expected.contains(" root");
        return id + (identity ? " " + entry.identity() : "") + (expected.contains("[") ? " " + entry.arguments() : "")
                + (entry.options().isEmpty() ? "" : " " + new TreeMap<>(entry.options()));
    }
}
