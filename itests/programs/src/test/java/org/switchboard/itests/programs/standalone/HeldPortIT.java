package org.switchboard.itests.programs.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;

class HeldPortIT {

    private final int port = FreePorts.next();

    @Test
    void theHolderOfATcpPortIsNamedAndThePortIsTakenOverWhenItIsFree() throws Exception {
        ServerSocket holder = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " stream tcp nowait - internal echo")) {
            assertThat(server.listed(port + "/tcp")).contains("held")
                    .contains("pid " + ProcessHandle.current().pid());
            holder.close();
            server.awaitListed(port + "/tcp", "idle");
            assertThat(Client.talk(port, "mine now")).isEqualTo("mine now");
        } finally {
            holder.close();
        }
    }

    @Test
    void theHolderOfAUdpPortIsNotRobbed() throws Exception {
        DatagramSocket holder = new DatagramSocket(port, InetAddress.getLoopbackAddress());
        try (RunningServer server = RunningServer.start("127.0.0.1:" + port + " dgram udp nowait - internal echo")) {
            assertThat(server.listed(port + "/udp")).contains("held")
                    .contains("pid " + ProcessHandle.current().pid());
            holder.close();
            server.awaitListed(port + "/udp", "idle");
        } finally {
            holder.close();
        }
    }
}
