package org.switchboard.itests.programs.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;

class RateLimitIT {

    @Test
    void theOneAfterTheLastIsRefusedAndThePortClosesUntilItIsResumed() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " stream tcp nowait.3 - /bin/echo echo served")) {
            for (int i = 0; i < 3; i++) {
                assertThat(Client.talk(port, "")).isEqualTo("served\n");
            }
            assertThat(talkOrCut(port)).isEmpty();
            server.awaitListed(port + "/tcp", "suspended");
            assertThat(Client.isOpen(port)).isFalse();

            assertThat(server.ask("resume", port + "/tcp").orFail()).endsWith(" is idle\n");
            assertThat(Client.talk(port, "")).isEqualTo("served\n");
        }
    }

    private static String talkOrCut(int port) {
        try {
            return Client.talk(port, "");
        } catch (IOException cut) {
            return "";
        }
    }
}
