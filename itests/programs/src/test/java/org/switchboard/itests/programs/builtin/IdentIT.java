package org.switchboard.itests.programs.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;

class IdentIT {

    private static String line(int port, String options) {
        return "127.0.0.1:" + port + " stream tcp nowait - internal auth " + options;
    }

    /** A socket in this process to which a command, run as somebody, connects; it stays until its input ends. */
    private static Process connectTo(ServerSocket server, String... as) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(as));
        words.addAll(List.of("/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + "; read -r line"));
        server.setSoTimeout((int) RunningServer.DEADLINE.toMillis());
        return new ProcessBuilder(words).start();
    }

    /** What is said about a connection from that process to this one. */
    private static String identify(int port, String... as) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Process process = connectTo(server, as);
            try (Socket accepted = server.accept()) {
                return Client.talk(port, accepted.getPort() + " , " + accepted.getLocalPort() + "\r\n")
                        .replaceFirst("^" + accepted.getPort() + " , " + accepted.getLocalPort() + " : ", "");
            } finally {
                process.getOutputStream().close();
                process.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void theUserOfAConnectionIsNamed() throws Exception {
        int port = FreePorts.next();
        String self = Command.run("id", "-un").orFail().strip();
        try (RunningServer server = RunningServer.start(line(port, "-r -o UNIX"))) {
            assertThat(identify(port)).as("log:%n%s", server.log()).isEqualTo("USERID : UNIX : " + self + "\r\n");
            assertThat(Client.talk(port, "1 , 1\n")).isEqualTo("1 , 1 : ERROR : NO-USER\r\n");
            assertThat(Client.talk(port, "what?\n")).isEqualTo("0 , 0 : ERROR : INVALID-PORT\r\n");
        }
    }

    @Test
    void anotherUserIsNamedToo() throws Exception {
        Needs.root("a connection of nobody");
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start(line(port, "-r"))) {
            assertThat(identify(port, "setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"))
                    .as("log:%n%s", server.log()).isEqualTo("USERID : Linux : nobody\r\n");
        }
    }

    @Test
    void nobodyIsNamedUnlessAskedFor() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start(line(port, ""))) {
            assertThat(identify(port)).as("log:%n%s", server.log()).isEqualTo("ERROR : HIDDEN-USER\r\n");
        }
    }

    @Test
    void aSilentClientIsCutOffInTime() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start(line(port, "-t 0.1"));
                Socket silent = Client.connect(port)) {
            assertThat(Client.readLine(silent)).isEqualTo("0 , 0 : ERROR : INVALID-PORT\r");
            server.awaitLog("START " + port + "/tcp");
        }
    }

    @Test
    void anUnknownOptionKeepsThePortClosedAndIsNamed() throws Exception {
        int port = FreePorts.next();
        try (RunningServer server = RunningServer.start(line(port, "-x"))) {
            assertThat(server.listed(port + "/tcp")).contains("failed").contains("auth has no option '-x'");
        }
    }
}
