package org.switchboard.itests.programs.inetd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Probe;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/** Another inetd and ours, on the same file: programs find the same, line by line, and get the same clients. */
class WhatOthersGiveIT {

    /** What ours leaves out on purpose, see the README of provider.exec; and what this test itself hands down. */
    private static final String NOT_OURS = "environment (inetd_dummy|OLDPWD|_|JAVA_HOME)=.*|signal \\d+=(ignored|blocked)|fd [^012]\\d*=.*";

    private static Workspace workspace;
    private static Path probe;

    @BeforeAll
    static void compile() throws Exception {
        workspace = Workspace.create();
        probe = Probe.compile(workspace);
    }

    @AfterAll
    static void remove() throws Exception {
        workspace.close();
    }

    /** A login of the past, whose variables the inetds treat in their own ways. */
    private static List<String> login() {
        return List.of("/usr/bin/env", "-i", "PATH=" + System.getenv("PATH"), "JAVA_HOME=" + System.getProperty("java.home"),
                "HOME=/home/joe", "USER=joe", "LOGNAME=joe", "SHELL=/bin/zsh", "LANG=C.UTF-8", "TERM=xterm", "TERMINFO=/x", "TMPDIR=/x",
                "EDITOR=vi", "USERNAME=joe", "SSH_TTY=/dev/pts/1", "FOO=bar", "LD_X=1", "CVSROOT=/cvs",
                "/bin/sh", "-c", "umask 027; ulimit -S -n 777; ulimit -S -c 5; ulimit -S -f 123456; ulimit -S -s 6000;"
                        + " exec nice -n 3 \"$@\"", "sh");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "debian | inetd           | openbsd-inetd   | -i               | -i",
        "gnu    | inetutils-inetd | inetutils-inetd | -d --pidfile= | -d",
        "gnu    | inetutils-inetd | inetutils-inetd | -d --pidfile= --environment | -d --environment"})
    void aProgramFindsTheSame(String dialect, String daemon, String debianPackage, String theirs, String ours) throws Exception {
        String program = installed(daemon, debianPackage);
        int ipv4 = FreePorts.next();
        int ipv6 = FreePorts.next();
        String user = System.getProperty("user.name");
        Path conf = workspace.write("inetd.conf", ipv4 + " stream tcp nowait " + user + " " + probe + " probe report\n"
                + ipv6 + " stream tcp6 nowait " + user + " " + probe + " probe report\n");
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(theirs.split(" ")));
        command.add(conf.toString());
        List<String> options = new ArrayList<>(List.of("--dialect=" + dialect));
        options.addAll(List.of(ours.split(" ")));

        List<List<String>> other = reports(command, ipv4, ipv6);
        List<List<String>> own = reports(Inetd.command(workspace, options), ipv4, ipv6);

        assertThat(own).hasSameSizeAs(other);
        for (int i = 0; i < own.size(); i++) {
            // The groups of root are those of the caller there.
            boolean groups = dialect.equals("gnu") && Needs.isRoot();
            List<String> expected = other.get(i).stream()
                    .filter(line -> !line.matches(NOT_OURS) && !(groups && line.startsWith("groups="))).toList();
            assertThat(own.get(i).stream().filter(line -> !(groups && line.startsWith("groups=")))).isEqualTo(expected);
        }
    }

    /** Which of two entries gets what comes to their port over IPv4, and which over IPv6. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "debian | inetd           | openbsd-inetd   | -i",
        "gnu    | inetutils-inetd | inetutils-inetd | -d --pidfile="})
    void datagramsGoToTheSame(String dialect, String daemon, String debianPackage, String theirs) throws Exception {
        String program = installed(daemon, debianPackage);
        boolean gnu = dialect.equals("gnu");
        List<String> words = gnu ? List.of("udp", "udp4", "udp6") : List.of("udp", "udp4", "udp6", "udp46");
        List<Integer> ports = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (String first : words) {
            ports.add(datagramLines(lines, List.of(first)));
            for (String second : words) {
                ports.add(datagramLines(lines, List.of(first, second)));
            }
        }
        ports.add(datagramLines(lines, List.of("udp")));
        Path conf = workspace.write("inetd.conf", lines.toString());
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(theirs.split(" ")));
        command.add(conf.toString());

        List<String> other = answers(command, ports);
        List<String> options = List.of("--dialect=" + dialect, gnu ? "-d" : "-i");
        List<String> own = answers(Inetd.command(workspace, options), ports);

        assertThat(own).as(lines.toString()).isEqualTo(other);
    }

    private static int datagramLines(StringBuilder lines, List<String> protocols) {
        int port = FreePorts.next();
        for (int i = 0; i < protocols.size(); i++) {
            lines.append(port + " dgram " + protocols.get(i) + " wait " + System.getProperty("user.name") + " " + probe
                    + " probe word " + (i == 0 ? "first" : "second") + "\n");
        }
        return port;
    }

    private static List<String> answers(List<String> command, List<Integer> ports) throws Exception {
        Process process = new ProcessBuilder(command).directory(workspace.path().toFile()).redirectErrorStream(true)
                .redirectOutput(workspace.resolve("output").toFile()).start();
        try {
            int last = ports.get(ports.size() - 1);
            Inetd.await("the last port answers", () -> !answer("127.0.0.1", last).equals("none"));
            List<String> answers = new ArrayList<>();
            for (int port : ports) {
                answers.add(answer("127.0.0.1", port) + " " + (hasIpv6() ? answer("::1", port) : ""));
            }
            return answers;
        } finally {
            end(process);
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        boolean ended = process.waitFor(RunningServer.DEADLINE.toSeconds(), TimeUnit.SECONDS);
        assertThat(ended).as("ends at SIGTERM").isTrue();
    }

    private static String answer(String host, int port) throws IOException {
        try (DatagramSocket socket = Client.datagrams(host)) {
            socket.connect(InetAddress.getByName(host), port);
            socket.send(new DatagramPacket(new byte[1], 1));
            return Client.receive(socket);
        } catch (PortUnreachableException closed) {
            return "none";
        }
    }

    private static boolean isOpenToIpv6(int port) throws IOException {
        try (Socket socket = new Socket("::1", port)) {
            return socket.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }

    private static boolean hasIpv6() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null;
    }

    /** Debian installs one of the daemons at a time: the others are unpacked below /usr/local, or missing. */
    private static String installed(String daemon, String debianPackage) throws IOException {
        String program = Needs.program(daemon, debianPackage + ", or unpack it and copy the daemon to /usr/local/bin");
        Needs.that(!anInetdRuns(), "an inetd runs here, whose file of its pid the other would replace");
        return program;
    }

    /** A file that one left behind is no reason to wait. */
    private static boolean anInetdRuns() throws IOException {
        Path file = Path.of("/run/inetd.pid");
        return Files.exists(file) && Files.isDirectory(Path.of("/proc", Files.readString(file).strip()));
    }

    /** Of a client of IPv4, of one of IPv6, and of one of IPv4 where that reaches the port of IPv6. */
    private static List<List<String>> reports(List<String> daemon, int ipv4, int ipv6) throws Exception {
        List<String> words = new ArrayList<>(login());
        words.addAll(daemon);
        Process process = new ProcessBuilder(words).directory(workspace.path().toFile()).redirectErrorStream(true)
                .redirectOutput(workspace.resolve("output").toFile()).start();
        try {
            Inetd.await("the port of IPv4 is open", () -> Client.isOpen(ipv4));
            List<List<String>> reports = new ArrayList<>(List.of(report("127.0.0.1", ipv4)));
            if (hasIpv6()) {
                Inetd.await("the port of IPv6 is open", () -> isOpenToIpv6(ipv6));
                reports.add(report("::1", ipv6));
                if (Client.isOpen(ipv6)) {
                    reports.add(report("127.0.0.1", ipv6));
                }
            }
            return reports;
        } finally {
            end(process);
        }
    }

    /** Sorted, and without the numbers that differ each time. */
    private static List<String> report(String host, int port) throws IOException {
        String text;
        int own;
        try (Socket socket = new Socket(host, port)) {
            own = socket.getLocalPort();
            text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        String pid = Probe.Report.of(text).value("pid");
        TreeSet<String> lines = new TreeSet<>();
        for (String line : text.split("\n")) {
            lines.add(line.replaceFirst("=" + pid + "$", "=its own").replaceFirst("socket:\\[\\d+\\]", "socket")
                    .replaceFirst("([= ])" + own + "$", "$1CLIENT"));
        }
        return List.copyOf(lines);
    }
}
