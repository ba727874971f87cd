package org.switchboard.provider.ident.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.switchboard.posix.Account;
import org.switchboard.posix.Lines.End;
import org.switchboard.posix.Lines.Line;
import org.switchboard.posix.Users;

/** A real connection of this process, whose user is called alice here, and has a home made for the test. */
class IdentificationTest {

    @TempDir
    private Path home;
    private ServerSocket server;
    private Socket client;
    private int self;
    private Identification identification;

    private final class People implements Users {
        @Override
        public Optional<Account> user(String name) {
            return name.equals("alice") || name.equals("bob")
                    ? Optional.of(new Account(name, self, 100, List.of(), home.toString(), "/bin/sh")) : Optional.empty();
        }

        @Override
        public Optional<String> userName(int uid) throws IOException {
            return uid == self ? Optional.of("alice") : uid == 4711 ? Optional.of("bob") : Optional.empty();
        }

        @Override
        public OptionalInt group(String name) {
            return OptionalInt.empty();
        }

        @Override
        public int effectiveUser() {
            return self;
        }
    }

    @BeforeEach
    void connect() throws Exception {
        self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        client = new Socket(server.getInetAddress(), server.getLocalPort());
        identification = new Identification(new People(),
                (file, uid, most) -> Files.isRegularFile(file) && uid == self
                        ? Optional.of(Arrays.copyOf(Files.readAllBytes(file), (int) Math.min(most, Files.size(file)))) : Optional.empty(),
                new ConnectionOwners(Path.of("/proc")));
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
    }

    private String ask(String query, End end, String... words) {
        InetSocketAddress loopback = new InetSocketAddress(server.getInetAddress(), 113);
        return identification.answer(IdentOptions.parse(List.of(words)), new Line(query, end), loopback, loopback);
    }

    private String ports() {
        return client.getLocalPort() + " , " + client.getPort();
    }

    /** The answer about the connection, without the ports. */
    private String answer(String... words) {
        String answer = ask(client.getLocalPort() + "," + client.getPort(), End.LINE, words);
        assertThat(answer).startsWith(ports() + " : ").endsWith("\r\n");
        return answer.substring((ports() + " : ").length()).strip();
    }

    @Nested
    class TheQuery {

        @Test
        void mayHaveBlanksWhereverItLikes() {
            for (String query : List.of("%d,%d", "%d , %d", " %d ,\t%d ", "%d, %d and more")) {
                assertThat(ask(query.formatted(client.getLocalPort(), client.getPort()), End.LINE, "-r"))
                        .isEqualTo(ports() + " : USERID : Linux : alice\r\n");
            }
        }

        @Test
        void thatIsNoneIsAnInvalidPort() {
            for (String query : List.of("", "hello", "1", "1 2", "0,1", "1,0", "65536,1", "1,999999", "-1,2", "x".repeat(1000))) {
                assertThat(ask(query, End.TIMEOUT, "-r")).isEqualTo("0 , 0 : ERROR : INVALID-PORT\r\n");
            }
        }

        @Test
        void withoutAnEndMayBeHalfOfOne() {
            assertThat(ask("22,33", End.END_OF_INPUT)).isEqualTo("0 , 0 : ERROR : INVALID-PORT\r\n");
            assertThat(ask("22,33 ", End.END_OF_INPUT)).isEqualTo("22 , 33 : ERROR : HIDDEN-USER\r\n");
        }
    }

    @Nested
    class WithoutALookUp {

        @Test
        void everybodyIsHidden() {
            assertThat(answer()).isEqualTo("ERROR : HIDDEN-USER");
        }

        @Test
        void everybodyIsTheFallback() {
            assertThat(answer("-d", "nobody", "-o", "UNIX")).isEqualTo("USERID : UNIX : nobody");
        }

        @Test
        void garbageIsDifferentEveryTimeAndWinsOverAFallback() {
            String first = answer("-g", "-d", "nobody");

            assertThat(first).matches("USERID : Linux : [0-9a-z]{32}");
            assertThat(answer("-g")).isNotEqualTo(first);
        }
    }

    @Nested
    class WithALookUp {

        @Test
        void theUserIsNamed() {
            assertThat(answer("-r")).isEqualTo("USERID : Linux : alice");
            assertThat(answer("-r", "-i")).isEqualTo("USERID : Linux : " + self);
        }

        @Test
        void aConnectionThatIsNotThereIsNobodys() {
            assertThat(ask("1,2", End.LINE, "-r")).isEqualTo("1 , 2 : ERROR : NO-USER\r\n");
            assertThat(ask("1,2", End.LINE, "-r", "-d", "nobody")).isEqualTo("1 , 2 : USERID : Linux : nobody\r\n");
        }

        @Test
        void aSystemThatDoesNotTellIsAnUnknownError() {
            identification = new Identification(new People(), (file, uid, most) -> Optional.empty(),
                    new ConnectionOwners(home.resolve("file")));
            write("file", "");

            assertThat(answer("-r")).isEqualTo("ERROR : UNKNOWN-ERROR");
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(home.resolve(name), text, StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Nested
    class FilesOfTheUser {

        @Test
        void aNoidentHidesIfItIsAskedFor() {
            write(".noident", "");

            assertThat(answer("-r", "-n")).isEqualTo("ERROR : HIDDEN-USER");
            assertThat(answer("-r")).isEqualTo("USERID : Linux : alice");
        }

        @Test
        void aNoidentMayBeALinkToNowhere() throws Exception {
            Files.createSymbolicLink(home.resolve(".noident"), Path.of("nowhere"));

            assertThat(answer("-r", "-n")).isEqualTo("ERROR : HIDDEN-USER");
        }

        @Test
        void theFirstWordOfAFakeidIsTold() {
            write(".fakeid", "\t the-pope is here\nor not");

            assertThat(answer("-r", "-f")).isEqualTo("USERID : Linux : the-pope");
            assertThat(answer("-r")).isEqualTo("USERID : Linux : alice");
        }

        @Test
        void aFakeidMustNotBeSomebodyUnlessThatIsAllowed() {
            write(".fakeid", "bob\n");

            assertThat(answer("-r", "-f")).isEqualTo("USERID : Linux : alice");
            assertThat(answer("-r", "-F")).isEqualTo("USERID : Linux : bob");
        }

        @Test
        void aNumberMustNotBeSomebodysNumber() {
            write(".fakeid", "4711\n");
            assertThat(answer("-r", "-f", "-i")).isEqualTo("USERID : Linux : " + self);

            write(".fakeid", "4712\n");
            assertThat(answer("-r", "-f", "-i")).isEqualTo("USERID : Linux : 4712");
        }

        @Test
        void aFakeidThatIsLongIsCut() {
            write(".fakeid", "x".repeat(3000));

            assertThat(answer("-r", "-f")).isEqualTo("USERID : Linux : " + "x".repeat(32));
        }

        @Test
        void whatIsNoWordIsNotTold() {
            for (String nonsense : List.of("", "\n", "  \t ", "\u0001\u0002", "caf\u00e9")) {
                write(".fakeid", nonsense);
                assertThat(answer("-r", "-f")).as("with '%s'", nonsense).isEqualTo("USERID : Linux : alice");
            }
        }
    }
}
