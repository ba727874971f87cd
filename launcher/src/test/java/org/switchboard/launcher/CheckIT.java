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
    void providersThatHandConnectionsOnAreKnown() throws Exception {
        String text = "7001 stream tcp nowait - internal tcpmux\ntcpmux/date stream tcp nowait - /bin/date\n";
        assertThat(check(text, "--strict")).returns(0, Installation.Outcome::exit);
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

    @Test
    void aDialectSaysWhatTheFileMeans() throws Exception {
        String line = "127.0.0.1:" + 7007 + " stream tcp nowait - internal echo\n";
        assertThat(check(line).out()).contains("7007/tcp@127.0.0.1");
        assertThat(check(line, "--dialect", "gnu").out()).contains("7007/tcp4@127.0.0.1");
        assertThat(check("# switchboard: dialect=gnu\n" + line, "--dialect=debian").out()).contains("7007/tcp4@127.0.0.1");
    }

    @Test
    void anUnknownDialectIsWrongUsage() throws Exception {
        assertThat(check(Installation.line(7007, "echo"), "--dialect", "esperanto").exit()).isEqualTo(64);
    }

    private Installation.Outcome convert(String text, String... options) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("old.conf"), text);
        String[] words = new String[options.length + 2];
        words[0] = "convert";
        System.arraycopy(options, 0, words, 1, options.length);
        words[options.length + 1] = "old.conf";
        return Installation.run(installation.process(words).directory(directory.toFile()));
    }

    @Test
    void aConvertedFileMeansTheSame() throws Exception {
        String old = "# the one of the house\n7007 stream tcp6 nowait.5 - internal echo # and why\n";
        for (String form : new String[] {"positional", "keyvalue"}) {
            Installation.Outcome outcome = convert(old, "--from", "busybox", "--to", form);
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out()).contains("# the one of the house\n", "# and why\n");
            assertThat(check(outcome.out()).out()).as(outcome.out()).contains("7007/tcp46").contains("0 errors");
        }
    }

    @Test
    void whatIsLostIsSaidAndExitsWithOne() throws Exception {
        Installation.Outcome outcome = convert("7007 stream tcp nowait - internal echo\n", "--from=openbsd");
        assertThat(outcome.out()).contains("# convert: '7007/tcp4': option backlog=10 has no place");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(convert("7007 stream tcp nowait - internal echo\n", "--to", "keyvalue").exit()).isZero();
    }

    @Test
    void convertingAMissingFileExitsWithTwo() throws Exception {
        assertThat(installation.run("convert", directory.resolve("missing").toString()).exit()).isEqualTo(2);
        assertThat(installation.run("convert").exit()).isEqualTo(64);
        assertThat(installation.run("convert", "a", "b").exit()).isEqualTo(64);
        assertThat(installation.run("convert", "--to", "xml", "a").exit()).isEqualTo(64);
    }
}
