package org.switchboard.itests.programs.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.switchboard.itests.programs.Client;
import org.switchboard.itests.programs.FreePorts;
import org.switchboard.itests.programs.RunningServer;

/**
 * Clients that send before they read, as {@code echo | nc HOST 13} and HTTP health checks do: an answer, and an end,
 * for each.
 */
class WholeAnswersIT {

    private static final String OWN_FILES = "mkdir -p state/deploy banners"
            + " && echo allow.file=$PWD/hosts.allow > state/deploy/org.switchboard.access.cfg"
            + " && echo deny.file=$PWD/hosts.deny >> state/deploy/org.switchboard.access.cfg"
            + " && echo 'go away, %a' > banners/discard"
            + " && echo \"discard: ALL: banners $PWD/banners: deny\" > hosts.allow && echo > hosts.deny && exec \"$@\"";
    private static final List<String> WRAPPED = List.of("/usr/bin/env",
            "SWITCHBOARD_JAVA_OPTS=-Dswitchboard.defaults.internal=tcp_wrappers=yes", "/bin/sh", "-c", OWN_FILES, "sh");

    /** More than the buffers of both ends hold. */
    private static final int MUCH = 12 << 20;

    private static final int DAYTIME = FreePorts.next();
    private static final int TIME = FreePorts.next();
    private static final int TCPMUX = FreePorts.next();
    private static final int AUTH = FreePorts.next();
    private static final int DISCARD = FreePorts.next();
    private static final int FULL = FreePorts.next();

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.startUnder(WRAPPED, List.of(), internal(DAYTIME, "daytime"), internal(TIME, "time"),
                internal(TCPMUX, "tcpmux"), internal(AUTH, "auth -d nobody"), internal(DISCARD, "discard"),
                "127.0.0.1:" + FULL + " on protocol = tcp4, wait = no, user = -, exec = internal, args = echo,"
                        + " per_source = 1;");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static String internal(int port, String provider) {
        return "127.0.0.1:" + port + " stream tcp nowait - internal " + provider;
    }

    /**
     * What the client gets until the end, which is no reset, when it has sent some text and then that many bytes more.
     */
    private static String ask(int port, String text, int more) throws IOException {
        try (Socket client = Client.connect(port)) {
            client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().write(new byte[more]);
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @RepeatedTest(20)
    void daytimeAndTime() throws Exception {
        assertThat(ask(DAYTIME, "GET / HTTP/1.0\r\n\r\n", 0)).hasSize(26).endsWith("\r\n");
        assertThat(ask(TIME, "GET / HTTP/1.0\r\n\r\n", 0)).hasSize(4);
    }

    @Test
    void daytimeForAClientThatSendsMoreThanTheBuffersHold() throws Exception {
        assertThat(ask(DAYTIME, "", MUCH)).hasSize(26).endsWith("\r\n");
    }

    @Test
    void tcpmuxThatHasNoSuchService() throws Exception {
        assertThat(ask(TCPMUX, "nosuch\r\nand what was meant for it", 0)).isEqualTo("-Service not available\r\n");
        assertThat(ask(TCPMUX, "nosuch\r\n", MUCH)).isEqualTo("-Service not available\r\n");
    }

    @Test
    void identForAClientThatAsksTwice() throws Exception {
        assertThat(ask(AUTH, "22, 33\r\n44, 55\r\n", 0)).isEqualTo("22 , 33 : USERID : Linux : nobody\r\n");
        assertThat(ask(AUTH, "22, 33\r\n", MUCH)).endsWith("nobody\r\n");
    }

    @Test
    void aRefusalWithABanner() throws Exception {
        assertThat(ask(DISCARD, "let me in", 0)).isEqualTo("go away, 127.0.0.1\r\n");
        assertThat(ask(DISCARD, "", MUCH)).isEqualTo("go away, 127.0.0.1\r\n");
    }

    @Test
    void aServiceThatHasAllTheClientsItMayHaveEndsTheNext() throws Exception {
        try (Socket first = Client.connect(FULL)) {
            first.getOutputStream().write("served\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(Client.readLine(first)).isEqualTo("served");

            assertThat(ask(FULL, "me too", 0)).isEmpty();
            server.awaitLog("REFUSE " + FULL + "/tcp.* reason=");
        }
    }
}
