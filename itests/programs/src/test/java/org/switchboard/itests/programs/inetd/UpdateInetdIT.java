package org.switchboard.itests.programs.inetd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.Distribution;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.Workspace;

/** Debian's maintainer scripts change inetd.conf through this, and expect the inetd of {@code /run/inetd.pid} to notice. */
class UpdateInetdIT {

    /** With a /run of its own, so that no other inetd of this machine is concerned; ends the daemon when its input ends. */
    private static final String SCENE = """
            set -e
            mount -t tmpfs -o mode=755 tmpfs /run
            mkdir /run/work
            printf '#:STANDARD:\\n127.0.0.1:%s stream tcp nowait root internal echo\\n' "$1" > /run/inetd.conf
            printf '#<off># %s stream tcp nowait root internal echo\\n' "$2" >> /run/inetd.conf
            "$3" --state=/run/state /run/inetd.conf 2> /run/messages
            update-inetd --file /run/inetd.conf --enable "$2"
            echo enabled
            read -r end || true
            kill "$(cat /run/inetd.pid)"
            """;

    @Test
    void enabledServiceOpens() throws Exception {
        Needs.root("a /run of its own");
        Needs.program("update-inetd", "update-inetd");
        Needs.that(Command.run("unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/run").status() == 0,
                "no mount namespaces here");
        int first = FreePorts.next();
        int second = FreePorts.next();
        try (Workspace workspace = Workspace.create()) {
            Path scene = workspace.write("scene", SCENE);
            Process process = new ProcessBuilder("unshare", "-m", "sh", scene.toString(), Integer.toString(first),
                    Integer.toString(second), Distribution.inetd()).redirectError(workspace.resolve("errors").toFile()).start();
            try (var output = process.inputReader()) {
                assertThat(output.readLine()).as("see %s", java.nio.file.Files.readString(workspace.resolve("errors"))).isEqualTo("enabled");
                Inetd.await("the enabled port is open", () -> Client.isOpen(second));
                assertThat(Client.talk(first, "still")).isEqualTo("still");
            } finally {
                process.getOutputStream().close();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }
}
