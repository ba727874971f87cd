package org.switchboard.itests.programs.wrappers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/** Lines as they have been in every inetd.conf for thirty years: tcpd is the server, and the daemon its argv[0]. */
class TcpdIT {

    /** The files that tcpd reads cannot be told to it, so it finds others in their place. */
    private static final List<String> OTHER_FILES = List.of("unshare", "-m", "/bin/sh", "-c",
            "echo 'in.greeter: 127.0.0.1' > allow && echo 'ALL: ALL' > deny && mount --bind allow /etc/hosts.allow"
                    + " && mount --bind deny /etc/hosts.deny && exec \"$@\"", "sh");

    private static String line(String tcpd, int port, Path daemon) {
        return "127.0.0.1:%d stream tcp nowait - %s %s to you".formatted(port, tcpd, daemon);
    }

    private static Path daemon(Workspace workspace, String name) throws IOException {
        return workspace.program(name, "#!/bin/sh\necho hello $*\n");
    }

    @Test
    void aDaemonBehindTcpdIsServedWhereNoFileSaysNo() throws Exception {
        String tcpd = Needs.program("tcpd", "tcpd");
        Needs.that(Command.run("/bin/sh", "-c", "! cat /etc/hosts.deny 2>/dev/null | grep -q '^[^#]'").status() == 0,
                "/etc/hosts.deny has rules of its own");
        int port = FreePorts.next();
        try (Workspace programs = Workspace.create();
                RunningServer server = RunningServer.start(line(tcpd, port, daemon(programs, "in.greeter")))) {
            assertThat(Client.talk(port, "")).isEqualTo("hello to you\n");
            server.awaitLog("END .*outcome=ok.*pid=");
        }
    }

    @Test
    void tcpdLetsInAndKeepsOutByTheNameOfTheDaemon() throws Exception {
        String tcpd = Needs.program("tcpd", "tcpd");
        Needs.root("tcpd finds other files in the place of its own");
        Needs.that(Command.run("unshare", "-m", "/bin/sh", "-c", "test -e /etc/hosts.allow -a -e /etc/hosts.deny && mount --bind"
                + " /etc/hosts.deny /etc/hosts.allow").status() == 0, "no mounts are allowed here");
        int greeter = FreePorts.next();
        int other = FreePorts.next();
        try (Workspace programs = Workspace.create();
                RunningServer server = RunningServer.startUnder(OTHER_FILES, List.of(),
                        line(tcpd, greeter, daemon(programs, "in.greeter")), line(tcpd, other, daemon(programs, "in.other")))) {
            assertThat(Client.talk(greeter, "")).isEqualTo("hello to you\n");
            assertThat(Client.talk(other, "")).isEmpty();
            server.awaitLog("END " + other + "/tcp.*pid=");
        }
    }
}
