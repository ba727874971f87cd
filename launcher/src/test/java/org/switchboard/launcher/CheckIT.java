package org.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/switchboard check}: exit statuses are an interface. */
class CheckIT {

    @TempDir
    Path directory;

    private final Installation installation = Installation.built();

    private Installation.Outcome check(String text, String... options) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("inetd.conf"), text);
        String[] words = new String[options.length + 2];
        words[0] = "check";
        System.arraycopy(options, 0, words, 1, options.length);
        words[options.length + 1] = "inetd.conf";
        return Installation.run(installation.process(words).directory(directory.toFile()));
    }

    @Test
    void goodFileShowsItsEntriesAndExitsWithZero() throws Exception {
        Installation.Outcome outcome = check(Installation.line(7007, "echo"));
        assertThat(outcome.out()).contains("7007").contains("echo");
        assertThat(outcome.exit()).isZero();
    }

    @Test
    void errorNamesFileAndLineAndExitsWithOne() throws Exception {
        Installation.Outcome outcome = check(Installation.line(7007, "echo") + "broken\n");
        assertThat(outcome.out() + outcome.err()).contains("inetd.conf:2");
        assertThat(outcome.exit()).isEqualTo(1);
    }

    @Test
    void warningPassesUnlessStrict() throws Exception {
        String waiting = "127.0.0.1:7007 stream tcp wait - internal echo\n";
        assertThat(check(waiting).out()).contains("warning");
        assertThat(check(waiting).exit()).isZero();
        assertThat(check(waiting, "--strict").exit()).isEqualTo(1);
    }

    @Test
    void missingFileExitsWithTwo() throws Exception {
        assertThat(installation.run("check", directory.resolve("missing").toString()).exit()).isEqualTo(2);
    }

    @Test
    void opensNothing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(check(Installation.line(taken.getLocalPort(), "echo")).exit()).isZero();
        }
    }

    @Test
    void needsNoStateDirectory() throws Exception {
        Files.writeString(directory.resolve("good.conf"), Installation.line(7007, "echo"));
        Installation.Outcome outcome = installation.with("SWITCHBOARD_STATE", "/proc/nowhere")
                .run("check", directory.resolve("good.conf").toString());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exit()).isZero();
    }

    @Test
    void withoutFileIsWrongUsage() throws Exception {
        assertThat(installation.run("check").exit()).isEqualTo(64);
    }
}
