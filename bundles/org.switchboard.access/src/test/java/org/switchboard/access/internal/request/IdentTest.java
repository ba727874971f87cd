package org.switchboard.access.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Party party(int port) throws IOException {
        return new Party(InetAddress.getByName("127.0.0.1"), port, new Names() {
            @Override
            public Found find(InetAddress address) {
                return Found.NOTHING;
            }

            @Override
            public boolean inNetgroup(String netgroup, String host) {
                return false;
            }
        });
    }

    private static Optional<String> ask(String answer, CompletableFuture<String> question) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread host = new Thread(() -> {
                try (Socket client = server.accept()) {
                    question.complete(new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII)).readLine());
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    question.completeExceptionally(e);
                }
            });
            host.start();
            Optional<String> user = new Ident(server.getLocalPort()).user(party(6193), party(23), PATIENCE);
            host.join(PATIENCE.toMillis());
            return user;
        }
    }

    @Test
    void asksWithThePortsOfTheConnection() throws Exception {
        CompletableFuture<String> question = new CompletableFuture<>();

        assertThat(ask("6193, 23 : USERID : UNIX : stjohns\r\n", question)).contains("stjohns");
        assertThat(question.get(60, TimeUnit.SECONDS)).isEqualTo("6193,23");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "none", value = {
        "6193,23:USERID:OTHER:MCSJ-MITMUL ; MCSJ-MITMUL",
        "6193 , 23 : USERID : UNIX , US-ASCII : joe with blanks ; joe with blanks",
        "6193,23:ERROR:NO-USER ; none",
        "6193,24:USERID:UNIX:joe ; none",
        "23,6193:USERID:UNIX:joe ; none",
        "99999999999,23:USERID:UNIX:joe ; none",
        "6193,23:USERID:UNIX: ; none",
        "rubbish ; none"
    })
    void readsTheAnswer(String answer, String user) throws Exception {
        assertThat(ask(answer + "\r\n", new CompletableFuture<>())).isEqualTo(Optional.ofNullable(user));
    }

    @Test
    void anAnswerWithoutAnEndIsCut() throws Exception {
        assertThat(ask("6193,23:USERID:UNIX:" + "x".repeat(2000), new CompletableFuture<>())).hasValueSatisfying(user ->
                assertThat(user).hasSize(255));
    }

    @Test
    void aHostThatDoesNotAnswerHasNoUser() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(new Ident(silent.getLocalPort()).user(party(1), party(2), Duration.ofMillis(200))).isEmpty();
        }
    }

    @Test
    void aHostWithoutAnIdentServerHasNoUser() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = closed.getLocalPort();
        }
        assertThat(new Ident(port).user(party(1), party(2), PATIENCE)).isEmpty();
    }
}
