package org.switchboard.itests.programs.inetd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.Distribution;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Workspace;

/** {@code system/inetd.init}, with the settings at its beginning for this place. */
class InitScriptIT {

    private static Command.Result run(Path script, String verb) throws Exception {
        return Command.run("sh", script.toString(), verb);
    }

    @Test
    void everyVerbDoesWhatItSaysAndTwiceIsNoHarm() throws Exception {
        Path shipped = Path.of(Distribution.inetd()).resolveSibling("../system/inetd.init").normalize();
        int port = FreePorts.next();
        int other = FreePorts.next();
        try (Workspace workspace = Workspace.create()) {
            Path script = workspace.write("init", Files.readString(shipped)
                    .replaceFirst("(?m)^DAEMON=.*$", "DAEMON=" + Distribution.inetd())
                    .replaceFirst("(?m)^CONF=.*$", "CONF=" + Inetd.conf(workspace))
                    .replaceFirst("(?m)^PIDFILE=.*$", "PIDFILE=" + Inetd.pidFile(workspace))
                    .replaceFirst("(?m)^OPTIONS=.*$", "OPTIONS=--state=" + workspace.resolve("state"))
                    .replace("/etc/default/inetd", "/nonexistent"));
            String line = " stream tcp nowait root internal echo\n";
            assertThat(run(script, "status").status()).isEqualTo(3);
            assertThat(run(script, "start").orFail()).contains("there is no " + Inetd.conf(workspace));
            workspace.write("inetd.conf", "127.0.0.1:" + port + line);
            run(script, "start").orFail();
            try (Inetd inetd = Inetd.running(workspace)) {
                assertThat(Client.talk(port, "x")).isEqualTo("x");
                assertThat(run(script, "start").orFail()).contains("runs already (pid " + inetd.pid() + ")");
                assertThat(run(script, "status").orFail()).contains(Long.toString(inetd.pid()));
                workspace.write("inetd.conf", "127.0.0.1:" + other + line);
                run(script, "force-reload").orFail();
                Inetd.await("the other port is open", () -> Client.isOpen(other));
                run(script, "stop").orFail();
                assertThat(run(script, "status").status()).isEqualTo(3);
                run(script, "stop").orFail();
            }
            assertThat(run(script, "sing").status()).isEqualTo(2);
        }
    }
}
