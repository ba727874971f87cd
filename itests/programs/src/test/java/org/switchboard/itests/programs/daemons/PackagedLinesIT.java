package org.switchboard.itests.programs.daemons;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.needs.Needs;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.Command;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;
import org.switchboard.itests.programs.Workspace;

/** The lines that Debian's packages write into inetd.conf, with another port and nothing else changed. */
class PackagedLinesIT {

    private static final String TCPD = "/usr/sbin/tcpd";
    private static final int IAC = 255;
    private static final int SB = 250;
    private static final int SE = 240;

    private final int port = FreePorts.next();

    @BeforeEach
    void needsRoot() {
        Needs.root("these lines name root and other users");
    }

    private RunningServer server(String line) throws Exception {
        return RunningServer.startUnder(List.of(), List.of("--dialect", "debian"), port + "\t" + line);
    }

    @Test
    void inetutilsFtpdBehindTcpd() throws Exception {
        String ftpd = Needs.program("ftpd", "inetutils-ftpd");
        Needs.program("tcpd", "tcpd");
        try (RunningServer server = server("stream\ttcp\tnowait\troot\t" + TCPD + "\t" + ftpd);
                Socket client = Client.connect(port)) {
            assertThat(Client.readLine(client)).startsWith("220 ").contains("FTP server");
            client.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(Client.readLine(client)).startsWith("221 ");
            server.awaitLog("END .*pid=");
        }
    }

    @Test
    void inetutilsTelnetdBehindTcpd() throws Exception {
        String telnetd = Needs.program("telnetd", "inetutils-telnetd");
        Needs.program("tcpd", "tcpd");
        try (RunningServer server = server("stream\ttcp\tnowait\troot\t" + TCPD + "\t" + telnetd);
                Socket client = Client.connect(port)) {
            assertThat(readRefusingOptions(client, "login:")).contains("login:");
            server.awaitLog("START ");
        }
    }

    /** Says no to every option that telnetd offers or asks for, and reads on until that text has come. */
    private static String readRefusingOptions(Socket client, String text) throws IOException {
        InputStream in = client.getInputStream();
        OutputStream out = client.getOutputStream();
        StringBuilder seen = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != IAC) {
                seen.append((char) next);
                if (seen.indexOf(text) >= 0) {
                    return seen.toString();
                }
            } else {
                int verb = in.read();
                if (verb == SB) {
                    skipToEndOfOption(in);
                } else {
                    int option = in.read();
                    boolean asks = verb == 253 || verb == 254;
                    out.write(new byte[] {(byte) IAC, (byte) (asks ? 252 : 254), (byte) option});
                }
            }
        }
        return seen.toString();
    }

    private static void skipToEndOfOption(InputStream in) throws IOException {
        int before = 0;
        for (int next = in.read(); next >= 0 && !(before == IAC && next == SE); next = in.read()) {
            before = next;
        }
    }

    @Test
    void inetutilsTalkdBehindTcpd() throws Exception {
        String talkd = Needs.program("talkd", "inetutils-talkd");
        Needs.program("tcpd", "tcpd");
        try (RunningServer server = server("dgram\tudp4\twait\troot\t" + TCPD + "\t" + talkd);
                DatagramSocket client = Client.datagrams()) {
            byte[] question = lookUp(client.getLocalPort());
            client.send(new DatagramPacket(question, question.length, InetAddress.getByName("127.0.0.1"), port));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            client.receive(answer);
            // Version 1, an answer to LOOK_UP.
            assertThat(answer.getData()).startsWith(1, 1);
            server.awaitLog("START ");
        }
    }

    /** A LOOK_UP of the ntalk protocol, by somebody for somebody, to be answered at that port. Source: protocols/talkd.h. */
    private static byte[] lookUp(int answerPort) {
        ByteBuffer message = ByteBuffer.allocate(84);
        message.put((byte) 1).put((byte) 1).putShort((short) 0).putInt(4711);
        for (int i = 0; i < 2; i++) {
            message.putShort((short) 2).putShort((short) answerPort).put(new byte[] {127, 0, 0, 1}).putLong(0);
        }
        message.putInt(1);
        message.put(4 + 4 + 32 + 4, "root".getBytes(StandardCharsets.US_ASCII));
        message.put(4 + 4 + 32 + 4 + 12, "nobody".getBytes(StandardCharsets.US_ASCII));
        return message.array();
    }

    @Test
    void nullidentd() throws Exception {
        String nullidentd = Needs.program("nullidentd", "nullidentd");
        try (RunningServer server = server("stream tcp nowait nobody " + nullidentd + " nullidentd");
                Socket client = Client.connect(port)) {
            client.getOutputStream().write("6191, 23\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(Client.readLine(client)).contains("USERID");
            server.awaitLog("END .*pid=");
        }
    }

    @Test
    void sshd() throws Exception {
        String sshd = Needs.program("sshd", "openssh-server");
        String keyscan = Needs.program("ssh-keyscan", "openssh-client");
        Files.createDirectories(Path.of("/run/sshd"));
        try (Workspace files = Workspace.create()) {
            String key = files.resolve("key").toString();
            Command.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key).orFail();
            try (RunningServer server = server("stream tcp nowait root %s sshd -i -h %s -f /dev/null".formatted(sshd, key))) {
                String expected = Files.readString(Path.of(key + ".pub")).split(" ")[1];
                assertThat(Command.run(keyscan, "-4", "-t", "ed25519", "-p", Integer.toString(port), "127.0.0.1").orFail())
                        .contains(expected);
                server.awaitLog("START .*from=127.0.0.1");
            }
        }
    }
}
