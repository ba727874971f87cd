package org.switchboard.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aSlipInTheNameOfAProviderIsSeen() throws Exception {
        assertThat(check(Installation.line(7007, "ehco")).out())
                .contains("provider 'ehco' is not installed here; did you mean 'echo'?");
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
        Installation.Outcome outcome = convert("7007 stream tcp nowait - ./probe probe\n", "--from=openbsd");
        assertThat(outcome.out()).contains("# convert: '7007/tcp4': program './probe' is no absolute path");
        assertThat(outcome.exit()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian", "openbsd", "gnu", "busybox", "freebsd", "netbsd", "netkit"})
    void aStockFileIsConvertedWithoutLoss(String dialect) throws Exception {
        String entry = " stream tcp nowait root /bin/cat cat -u\n";
        String stock = "# a comment\n#:INTERNAL: Internal services\n#<off># echo stream tcp nowait root internal\n\n"
                + "daytime stream tcp nowait root internal\nfinger" + entry + "time dgram udp wait root internal\n"
                + (dialect.equals("netkit") || dialect.equals("busybox") ? "" : "finger stream tcp6 nowait root /bin/cat cat -u\n");
        Installation.Outcome outcome = convert(stock, "--from", dialect);
        assertThat(outcome).as(outcome.out()).returns(0, Installation.Outcome::exit);
        assertThat(outcome.out()).contains("#:INTERNAL: Internal services\n#<off># echo", "from the dialect '" + dialect + "', as told");
        String meaning = entries(check(stock, "--dialect", dialect).out());
        assertThat(entries(check(outcome.out()).out())).as(outcome.out()).isEqualTo(meaning);
    }

    /** The table of the entries, without where they stand. */
    private static String entries(String checked) {
        return checked.lines().takeWhile(line -> !line.contains("warning:") && !line.contains("error:") && !line.startsWith("read in"))
                .map(line -> line.replaceAll(" +(/\\S+|ORIGIN)$", "")).collect(Collectors.joining("\n"));
    }

    @Test
    void theStandardInputAndPipesAreRead() throws Exception {
        String reads = "printf '7007 stream tcp nowait - internal echo\\n' | \"$0\" check ";
        for (String last : new String[] {"-", "/dev/stdin", "/dev/fd/0"}) {
            Installation.Outcome outcome = shell(reads + last);
            assertThat(outcome.out()).as(last + outcome.err()).contains("7007/tcp", "dialect 'switchboard', since it names no other", "1 entry");
            assertThat(outcome.exit()).isZero();
        }
        Installation.Outcome converted = shell(reads.replace("check", "convert --from debian") + "-");
        assertThat(converted.out()).contains("7007 on");
        assertThat(shell("mkfifo p && { echo 7007 stream tcp nowait - internal echo > p & } && \"$0\" check p").out()).contains("1 entry");
        assertThat(shell("\"$0\" check /dev/zero").out()).contains("is larger than");
    }

    private Installation.Outcome shell(String command) throws IOException, InterruptedException {
        ProcessBuilder process = installation.process("check");
        return Installation.run(process.command("/bin/sh", "-c", command, process.command().get(0)).directory(directory.toFile()));
    }

    @Test
    void convertingAMissingFileExitsWithTwo() throws Exception {
        assertThat(installation.run("convert", directory.resolve("missing").toString()).exit()).isEqualTo(2);
        assertThat(installation.run("convert").exit()).isEqualTo(64);
        assertThat(installation.run("convert", "a", "b").exit()).isEqualTo(64);
        assertThat(installation.run("convert", "--to", "xml", "a").exit()).isEqualTo(64);
    }
}
