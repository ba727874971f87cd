package org.switchboard.itests.programs.inetd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** A program of another inetd and the same program of ours, on the same file, find the same, line by line. */
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
                "/bin/sh", "-c", "umask 027; ulimit -S -n 777; exec \"$@\"", "sh");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "debian | inetd           | openbsd-inetd   | -i               | -i",
        "gnu    | inetutils-inetd | inetutils-inetd | -d --pidfile= | -d",
        "gnu    | inetutils-inetd | inetutils-inetd | -d --pidfile= --environment | -d --environment"})
    void aProgramFindsTheSame(String dialect, String daemon, String debianPackage, String theirs, String ours) throws Exception {
        // Debian installs one of the daemons at a time, and openbsd-inetd is the one that tests may rely on.
        boolean optional = !daemon.equals("inetd");
        Optional<String> found = Needs.find(daemon);
        if (optional) {
            Needs.that(found.isPresent(), "no " + daemon + " on this machine (Debian: apt install " + debianPackage + ")");
        }
        Needs.that(!anInetdRuns(), "an inetd runs here, whose file of its pid the other would replace");
        String program = optional ? found.orElseThrow() : Needs.program(daemon, debianPackage);
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
            boolean hasIpv6 = NetworkInterface.getByInetAddress(InetAddress.getByName("::1")) != null;
            Inetd.await("the port of IPv4 is open", () -> Client.isOpen(ipv4));
            List<List<String>> reports = new ArrayList<>(List.of(report("127.0.0.1", ipv4)));
            if (hasIpv6) {
                reports.add(report("::1", ipv6));
                if (Client.isOpen(ipv6)) {
                    reports.add(report("127.0.0.1", ipv6));
                }
            }
            return reports;
        } finally {
            process.destroy();
            assertThat(process.waitFor(RunningServer.DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("ends at SIGTERM").isTrue();
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
