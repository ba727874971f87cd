package org.switchboard.itests.programs.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

class RsyncIT {

    @Test
    void rsyncListsItsModulesAndCopiesAFile() throws Exception {
        String rsync = Needs.program("rsync", "rsync");
        int port = FreePorts.next();
        try (Workspace files = Workspace.create()) {
            files.write("shared/hello.txt", "hello, rsync\n");
            Path conf = files.write("rsyncd.conf", """
                    use chroot = no
                    [shared]
                    comment = a test
                    path = %s
                    """.formatted(files.resolve("shared")));
            String user = Needs.isRoot() ? "root" : "-";
            try (RunningServer server = RunningServer.start("127.0.0.1:%d stream tcp nowait %s %s rsyncd --daemon --config=%s"
                    .formatted(port, user, rsync, conf))) {
                String url = "rsync://localhost:" + port + "/";
                assertThat(Command.run(rsync, "--ipv4", url).orFail()).contains("shared").contains("a test");
                Command.run(rsync, "--ipv4", url + "shared/hello.txt", files.resolve("copy.txt").toString()).orFail();
                assertThat(files.resolve("copy.txt")).hasContent("hello, rsync");
                server.awaitLog("END .*outcome=ok.*pid=");
            }
        }
    }
}
