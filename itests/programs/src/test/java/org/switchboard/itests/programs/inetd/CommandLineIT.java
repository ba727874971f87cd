package org.switchboard.itests.programs.inetd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.Distribution;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

class CommandLineIT {

    private Workspace workspace;
    private final int port = FreePorts.next();

    @BeforeEach
    void create() throws Exception {
        workspace = Workspace.create();
    }

    @AfterEach
    void remove() throws Exception {
        workspace.close();
    }

    private static Command.Result inetd(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(Distribution.inetd()));
        all.addAll(List.of(words));
        return Command.run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"debian,1", "openbsd,1", "netkit,1", "busybox,1", "netbsd,1", "gnu,64", "freebsd,64", "switchboard,64"})
    void unknownOptionIsWrongUsageAsTheDialectHasIt(String dialect, int status) throws Exception {
        Command.Result result = inetd("--dialect", dialect, "-Z", "/etc/inetd.conf");
        assertThat(result.output()).contains("invalid option -- 'Z'").contains("usage: inetd ");
        assertThat(result.status()).isEqualTo(status);
    }

    @Test
    void unknownDialectIsNamed() throws Exception {
        Command.Result result = inetd("--dialect=plan9", "-d");
        assertThat(result.output()).contains("'plan9'").contains("debian");
        assertThat(result.status()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-q", "-R", "--rate", "--dialect"})
    void missingArgumentIsSaid(String option) throws Exception {
        assertThat(inetd(option).output()).containsPattern("requires an argument|needs a name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian", "openbsd"})
    void missingFileIsTheEndForThoseWhoCannotDoWithout(String dialect) throws Exception {
        Path missing = workspace.resolve("missing.conf");
        Command.Result result = inetd("--dialect", dialect, missing.toString());
        assertThat(result.output().strip()).isEqualTo("inetd: " + missing + ": No such file or directory");
        assertThat(result.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "netbsd"})
    void missingFileMayComeLater(String dialect) throws Exception {
        Command.run(Inetd.command(workspace, List.of("--dialect=" + dialect)).toArray(String[]::new)).orFail();
        try (Inetd inetd = Inetd.running(workspace)) {
            workspace.write("inetd.conf", "127.0.0.1:" + port + " stream tcp nowait root internal echo\n");
            inetd.signal("HUP");
            Inetd.await("the port is open", () -> Client.isOpen(port));
        }
    }

    @Test
    void onlyRootHasAFileOfItsOwn() throws Exception {
        Needs.that(!Needs.isRoot(), "root reads /etc/inetd.conf");
        for (String dialect : List.of("debian", "openbsd", "busybox")) {
            Command.Result result = inetd("--dialect", dialect);
            assertThat(result.output()).contains("non-root must specify a config file");
            assertThat(result.status()).isEqualTo(1);
        }
    }

    @Test
    void secondFileIsOneTooManyButForGnu() throws Exception {
        assertThat(inetd("/etc/a", "/etc/b").output()).contains("'/etc/b' is one operand too many");
    }

    @Test
    void helpAndVersionEndWell() throws Exception {
        assertThat(inetd("--help").orFail()).startsWith("usage: inetd").contains("inetutils-inetd");
        assertThat(inetd("--dialect=gnu", "-?").orFail()).startsWith("usage: inetd");
        assertThat(inetd("--version").orFail()).containsPattern("^inetd \\(switchboard\\) \\d");
    }

    @Test
    void nameOfTheCommandSaysTheDialect() throws Exception {
        Path link = Files.createSymbolicLink(workspace.resolve("inetutils-inetd"), Path.of(Distribution.inetd()));
        Command.Result result = Command.run(link.toString(), "-Z");
        assertThat(result.status()).isEqualTo(64);
        assertThat(result.output()).contains("CONF-DIR");
    }

    @Test
    void switchboardItselfReadsInADialectToo() throws Exception {
        try (RunningServer server = RunningServer.startUnder(List.of(), List.of("--dialect", "freebsd"),
                "4711 stream tcp nowait root internal")) {
            // There, a number is the name of a service.
            server.awaitLog("service '4711' is a number, and dialect 'freebsd'");
        }
    }

    @Test
    void optionsBecomeThoseOfEveryService() throws Exception {
        String user = System.getProperty("user.name");
        try (Inetd inetd = Inetd.start(workspace,
                List.of("--dialect", "openbsd", "-R300", "-c", "7", "-C9", "-s", "16", "--backlog=77", "-a", "127.0.0.1"),
                port + " stream tcp nowait " + user + " /bin/cat cat")) {
            String shown = inetd.ask("show", Integer.toString(port)).orFail();
            assertThat(shown).contains("service_max=299", "instances=7", "cpm=9", "per_source=16", "backlog=77", "127.0.0.1:" + port);
            assertThat(Client.talk(port, "x")).isEqualTo("x");
        }
    }

    @Test
    void badRateOfTheBsdsIsSaidAndIgnored() throws Exception {
        workspace.write("inetd.conf", "127.0.0.1:" + port + " stream tcp nowait root internal echo\n");
        Command.Result result = Command.run(Inetd.command(workspace, List.of("-R", "many")).toArray(String[]::new));
        try (Inetd inetd = Inetd.running(workspace)) {
            assertThat(result.output()).contains("-R many: bad value for service invocation rate");
            assertThat(result.status()).isZero();
            assertThat(inetd.ask("show", Integer.toString(port)).orFail()).doesNotContain("service_max=many");
        }
    }
}
