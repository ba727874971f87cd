package org.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.itests.needs.Needs;

/** Where the log goes. */
@Timeout(120)
class LogIT {

    /** Prints every datagram that arrives at a Unix socket: Java has no such socket. */
    private static final String SYSLOGD = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            print('listening', flush=True)
            while True:
                print(s.recv(65536).decode(), flush=True)
            """;

    @TempDir
    Path directory;

    private final Installation installation = Installation.built();
    private final int port = Installation.freePort();

    private String conf() throws IOException {
        return Files.writeString(directory.resolve("inetd.conf"), Installation.line(port, "echo")).toString();
    }

    private RunningServer startWithSyslog(Path socket) throws IOException, InterruptedException {
        return RunningServer.start(installation.with("SWITCHBOARD_JAVA_OPTS", "-Dswitchboard.syslog.socket=" + socket),
                directory.resolve("state"), "--syslog", conf());
    }

    @Test
    void standardErrorHasLinesOfInfoAndAbove() throws Exception {
        try (RunningServer server = RunningServer.start(installation, directory.resolve("state"), conf())) {
            server.awaitOutput("opened 127.0.0.1:" + port);
            assertThat(server.output()).contains(" INFO ").doesNotContain(" DEBUG ").doesNotContain("BundleEvent");
        }
    }

    @Test
    void syslogGetsDatagramsWithFacilityIdentAndPid() throws Exception {
        String python = Needs.program("python3", "python3");
        Path socket = directory.resolve("log");
        Process daemon = new ProcessBuilder(python, "-c", SYSLOGD, socket.toString()).redirectErrorStream(true).start();
        try (BufferedReader lines = daemon.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("listening");
            try (RunningServer server = startWithSyslog(socket)) {
                assertThat(lines.readLine()).startsWith("<30>").contains(" switchboard[" + server.pid() + "]: ");
                assertThat(server.output()).doesNotContain(" INFO ");
            }
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    @Test
    void withoutSyslogStandardErrorSaysSoOnce() throws Exception {
        try (RunningServer server = startWithSyslog(directory.resolve("nobody"))) {
            server.awaitOutput("opened 127.0.0.1:" + port);
            assertThat(server.output()).containsOnlyOnce("cannot reach syslog");
        }
    }
}
