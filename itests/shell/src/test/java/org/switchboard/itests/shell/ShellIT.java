package org.switchboard.itests.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.switchboard.itests.needs.Needs;

/** The distribution's server, and its interactive shell on a pseudo-terminal. */
class ShellIT {

    private static final String PROGRAM = Path.of(System.getProperty("distribution"), "bin/switchboard").toString();
    private static final String PROMPT = "switchboard> ";
    private static final long PATIENCE_SECONDS = 60;
    private static final long POLL_MILLIS = 20;

    /** Entries whose provider nobody has: they are there to be named, and no port is opened. */
    private static final String CONFIGURATION = """
            127.0.0.1:7007 stream tcp nowait - internal nobody-provides-this
            127.0.0.1:7013 stream tcp nowait - internal nobody-provides-this
            127.0.0.1:8008 dgram  udp nowait - internal nobody-provides-this
            127.0.0.1:echo stream tcp nowait - internal nobody-provides-this
            """;

    /** What each example of the README of the shell prints here. */
    private static final Map<String, String> EXAMPLES = Map.of(
            "inetd:list waiting", "waiting for provider",
            "inetd:list '*/udp*'", "8008/udp@127.0.0.1",
            "inetd:show 127.0.0.1:7007", "provider    nobody-provides-this",
            "inetd:sessions 7007", "no sessions",
            "inetd:list | grep udp", "8008/udp@127.0.0.1",
            "each (inetd:list) { echo ($it id) }", "7007/tcp@127.0.0.1\\n7013/tcp@127.0.0.1\\n8008/udp@127.0.0.1\\necho/tcp@127.0.0.1",
            "((inetd:list) get 0) origin", "inetd.conf:1",
            "inetd:help watch", "Repeats a command until Ctrl-C.",
            "eval (inetd:completion)", "");

    @TempDir
    private static Path directory;

    private static Path state;
    private static Process server;

    @TempDir
    private Path scratch;

    @BeforeAll
    static void start() throws Exception {
        Needs.installed(Terminal.isAvailable(), "no python3 (3.9 or later) on this machine", "python3");
        state = directory.resolve("state");
        Path configuration = Files.writeString(directory.resolve("inetd.conf"), CONFIGURATION);
        Path output = directory.resolve("output");
        server = new ProcessBuilder(PROGRAM, "run", "--state", state.toString(), configuration.toString())
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        awaitReady(output);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.destroy();
            assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void awaitReady(Path output) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.readString(output).contains("switchboard: ready")) {
            if (System.nanoTime() > end || server.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                server.destroyForcibly();
                throw new AssertionError("the server is not ready: " + Files.readString(output));
            }
        }
    }

    private static Terminal shell() {
        return new Terminal(List.of(PROGRAM, "--state", state.toString(), "shell")).expect(PROMPT);
    }

    @Test
    void completesACommandOfItsScope() throws Exception {
        String screen = shell().type("inetd:sh\\t").expect("inetd:show").type("--help\\r").expect("usage: inetd:show [--help] ID")
                .expect(PROMPT).type("\\x04").run(scratch);
        assertThat(screen).contains("Shows all about one service.");
    }

    @Test
    void completesTheIdOfAService() throws Exception {
        shell().type("show 80\\t").expect("8008/udp@127.0.0.1").type("\\r")
                .expect("provider    nobody-provides-this").expect(PROMPT).type("\\x04").run(scratch);
    }

    @Test
    void offersAllIdsThatBeginSo() throws Exception {
        shell().type("suspend 70\\t\\t").expect("7007/tcp@127.0.0.1").expect("7013/tcp@127.0.0.1").type("\\x03")
                .expect(PROMPT).type("\\x04").run(scratch);
    }

    @Test
    void completesAPortThatFindsAService() throws Exception {
        Needs.installed(Files.exists(Path.of("/etc/services")), "no /etc/services, for the name of a port", "netbase");
        shell().type("show 7\\t\\t").expect("7007/tcp@127.0.0.1").expect("7013/tcp@127.0.0.1").type("\\r\\r")
                .expect("echo/tcp@127.0.0.1").expect(PROMPT).type("\\x04").run(scratch);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsSomethingForEachExampleOfTheReadme(String line) throws Exception {
        assertThat(EXAMPLES).containsKey(line);
        String screen = shell().type(line + "\\r").expect(EXAMPLES.get(line)).expect(PROMPT).type("\\x04").run(scratch);
        assertThat(screen).doesNotContain("xception", "no such command");
    }

    static List<String> examples() throws IOException {
        Path readme = Path.of("../../bundles/org.switchboard.shell/README.md");
        return Pattern.compile("^```gogo\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE).matcher(Files.readString(readme))
                .results().flatMap(block -> block.group(1).lines()).toList();
    }

    @Test
    void saysWhichCommandMayBeMeant() throws Exception {
        shell().type("inetd:lsit\\r").expect("did you mean 'inetd:list'?").expect(PROMPT)
                .type("lst\\r").expect("no such command: lst; did you mean 'list'?").expect(PROMPT).type("\\x04").run(scratch);
    }

    @Test
    void leavesTheServerRunningAndTheTerminalAsItWas() throws Exception {
        assertThat(shell().type("\\x04").run(scratch)).contains("exit=0 restored=True");
        assertThat(shell().type("exit\\r").run(scratch)).contains("exit=0 restored=True");
        assertThat(server.isAlive()).isTrue();
    }

    @Test
    void interruptsACommandAndNotTheSession() throws Exception {
        shell().type("echo sleeping; sleep 1000\\r").expect("\\nsleeping").type("\\x03").expect("interrupted").expect(PROMPT)
                .type("sessions\\r").expect("no sessions").expect(PROMPT).type("\\x04").run(scratch);
    }

    @Test
    void followsTheSizeOfTheTerminal() throws Exception {
        new Terminal(List.of(PROGRAM, "--state", state.toString(), "shell")).size(91, 33).expect(PROMPT)
                .type("echo size $COLUMNS $LINES\\r").expect("size 91 33").expect(PROMPT)
                .size(77, 22).repeat("echo size $COLUMNS $LINES\\r", "size 77 22").expect(PROMPT).type("\\x04").run(scratch);
    }

    @Test
    void remembersTheLastSession() throws Exception {
        shell().type("echo once-and-again\\r").expect("once-and-again").expect(PROMPT).type("\\x04").run(scratch);
        shell().type("\\x10").expect("echo once-and-again").type("\\r").expect(PROMPT).type("\\x04").run(scratch);
        assertThat(Files.readString(state.resolve("shell.history"))).contains("echo once-and-again");
    }
}
