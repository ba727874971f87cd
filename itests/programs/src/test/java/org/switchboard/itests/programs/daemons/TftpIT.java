package org.switchboard.itests.programs.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

class TftpIT {

    private static final int BYTES = 100_000;

    @Test
    void aFileComesThroughAProgramThatTakesTheDatagramSocket() throws Exception {
        String tftpd = Needs.program("in.tftpd", "tftpd-hpa");
        String tftp = Needs.program("tftp", "tftp-hpa");
        Needs.root("in.tftpd changes its root directory and its user");
        int port = FreePorts.next();
        try (Workspace files = Workspace.create()) {
            files.write("boot/kernel", "x".repeat(BYTES));
            // It stays for two seconds after the last request, then the server watches the port again.
            try (RunningServer server = RunningServer.start("127.0.0.1:%d dgram udp wait root %s in.tftpd --timeout 2 --secure %s"
                    .formatted(port, tftpd, files.resolve("boot")))) {
                download(tftp, port, files, "first");
                download(tftp, port, files, "second");
                server.awaitLog("END .*pid=");
                server.awaitListed(port + "/udp", "idle");
                download(tftp, port, files, "third");
            }
        }
    }

    private static void download(String tftp, int port, Workspace files, String name) throws Exception {
        Command.run(files.path(), tftp, "-4", "-m", "binary", "127.0.0.1", Integer.toString(port), "-c", "get", "kernel", name)
                .orFail();
        assertThat(Files.size(files.resolve(name))).isEqualTo(BYTES);
    }
}
