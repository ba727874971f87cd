package org.switchboard.control.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.switchboard.control.internal.TestClient.Answer;
import org.switchboard.control.internal.wire.Frame;

/** The bundle as it runs, seen through its socket. */
class ControlServerTest {

    private static final Speaker SPEAKER = new Speaker();

    @TempDir
    private static Path directory;

    private static Path state;
    private static RunningFramework framework;

    @BeforeAll
    static void start() throws Exception {
        state = directory.resolve("state");
        framework = new RunningFramework(directory.resolve("cache"), state, true);
        framework.register("inetd", SPEAKER, "say", "fail", "check", "hang", "mark", "doze", "swallow", "list", "show", "completion", "__services",
                "__suggest");
        framework.register("other", SPEAKER, "list", "alone");
    }

    @AfterAll
    static void stop() throws Exception {
        framework.stop();
        assertThat(state.resolve(ControlSocket.NAME)).doesNotExist();
    }

    /** Commands like those of the shell bundle. */
    public static final class Speaker {

        final Semaphore hanging = new Semaphore(0);
        final Semaphore freed = new Semaphore(0);

        public String say(String... words) {
            return String.join("|", words);
        }

        public void fail() {
            throw new IllegalStateException("no service begins\nwith 'x'");
        }

        public String check(org.apache.felix.service.command.CommandSession session) {
            return "checked";
        }

        public void hang() throws InterruptedException {
            hanging.release();
            try {
                new CountDownLatch(1).await();
            } finally {
                freed.release();
            }
        }

        public void mark(String word) {
            System.out.println("mark " + word);
        }

        public void doze() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        public void swallow() throws IOException {
            hanging.release();
            try {
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    System.out.println("swallowed " + line);
                }
            } finally {
                freed.release();
            }
        }

        public String list() {
            return "the list";
        }

        public String show(String id) {
            return "shown " + id;
        }

        public String alone() {
            return "only here";
        }

        public String completion() {
            return "complete -c inetd:show -e\ncomplete -c inetd:show -d 'Shows.'\ncomplete -c inetd:show -a '__services'";
        }

        public String __suggest(String command, String... more) {
            return Stream.concat(Stream.of("say"), Stream.of(more)).filter(known -> known.endsWith(command.substring(1)))
                    .findFirst().map(known -> "; did you mean '" + known + "'?").orElse("");
        }

        public List<String> __services() {
            return List.of("chargen/tcp", "echo/udp6@::1", "daytime/tcp");
        }
    }

    @Nested
    class Commands {

        @Test
        void runInScopeInetdFirst() throws Exception {
            assertThat(TestClient.run(state, "list")).isEqualTo(new Answer("the list\n", "", 0));
            assertThat(TestClient.run(state, "inetd:list")).isEqualTo(new Answer("the list\n", "", 0));
        }

        @Test
        void runInOtherScopesToo() throws Exception {
            assertThat(TestClient.run(state, "alone")).isEqualTo(new Answer("only here\n", "", 0));
            assertThat(TestClient.run(state, "lb").output()).contains("Apache Felix Gogo Command");
            assertThat(TestClient.run(state, "scr:list").output()).contains("org.switchboard.control.internal.ControlServer");
        }

        @ParameterizedTest
        @ValueSource(strings = {"$(list)", "a b", "", "'", "\"", "*", "{x}", "[1 2]", "#42", "a;b", "a|b", "${word1}", "\\", "%(1+1)",
            "007", "<x", "true", "ü☎", "line\nbreak"})
        void getTheirWordsAsTheyAre(String word) throws Exception {
            assertThat(TestClient.run(state, "say", word, "end")).isEqualTo(new Answer(word + "|end\n", "", 0));
        }

        @Test
        void mayBeALineOfGogo() throws Exception {
            assertThat(TestClient.run(state, "say a && say b c")).isEqualTo(new Answer("b|c\n", "", 0));
        }

        @Test
        void failInOneLine() throws Exception {
            assertThat(TestClient.run(state, "fail")).isEqualTo(new Answer("", "no service begins with 'x'\n", 1));
        }

        @Test
        void thatNobodyKnowsAreWrongUse() throws Exception {
            assertThat(TestClient.run(state, "fly")).isEqualTo(new Answer("", "no such command: fly; try 'help'\n", 64));
            assertThat(TestClient.run(state, "pay", "x"))
                    .isEqualTo(new Answer("", "no such command: pay; did you mean 'say'?\n", 64));
            assertThat(TestClient.run(state, "ttatus").error()).isEqualTo("no such command: ttatus; did you mean 'status'?\n");
            assertThat(TestClient.run(state, "in the", "sky").exit()).isEqualTo(64);
            assertThat(TestClient.run(state, "say (").exit()).isEqualTo(64);
        }

        @Test
        void takeBundlesByIdAndByName() throws Exception {
            Bundle command = framework.bundle("org.apache.felix.gogo.command");
            assertThat(TestClient.run(state, "headers", command.getSymbolicName()).output())
                    .isEqualTo(TestClient.run(state, "headers", Long.toString(command.getBundleId())).output())
                    .contains("Bundle-SymbolicName = org.apache.felix.gogo.command");
        }

        @Test
        void endWhenTheClientGoes() throws Exception {
            try (TestClient client = TestClient.connect(state)) {
                client.greet().command("hang");
                assertThat(SPEAKER.hanging.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(SPEAKER.freed.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Nested
    class Socket {

        @Test
        void isForItsUserAlone() throws Exception {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(ControlSocket.NAME))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state))).isEqualTo("rwx------");
            try (var files = Files.list(state)) {
                assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("s").noneMatch(name -> name.startsWith(".c"));
            }
        }
    }

    @Nested
    class Shell {

        private TestClient open() throws Exception {
            TestClient client = TestClient.connect(state);
            client.greet().send(Frame.TERMINAL, "xterm 80 24").send(Frame.SHELL, "").greeted();
            client.await("switchboard> ");
            return client;
        }

        @Test
        void runsCommandsAndLeavesAtEndOfInput() throws Exception {
            try (TestClient client = open()) {
                client.type("list\r").await("the list\r\n");
                client.await("switchboard> ");
                client.type("\u0004").await("<exit 0>");
            }
            assertThat(framework.bundle("org.switchboard.control").getState()).isEqualTo(Bundle.ACTIVE);
        }

        @Test
        void leavesAtExit() throws Exception {
            try (TestClient client = open()) {
                client.type("exit\r").await("<exit 0>");
            }
        }

        @Test
        void completesACommand() throws Exception {
            try (TestClient client = open()) {
                client.type("inetd:sh\t").await("inetd:show");
            }
        }

        @Test
        void completesAServiceId() throws Exception {
            try (TestClient client = open()) {
                client.type("show ec\t").await("echo/udp6@::1");
                client.type("\r").await("shown echo/udp6@::1\r\n");
            }
        }

        @Test
        void goesOnAfterAnErrorAndAfterControlC() throws Exception {
            try (TestClient client = open()) {
                client.type("fly\r").await("no such command: fly; try 'help'");
                client.await("switchboard> ");
                client.type("pay\r").await("no such command: pay; did you mean 'say'?");
                client.await("switchboard> ");
                client.type("abc\u0003").await("switchboard> ");
                client.type("list\r").await("the list\r\n");
            }
        }

        @Test
        void interruptsACommandWithControlC() throws Exception {
            try (TestClient client = open()) {
                client.type("name = Ada; hang; name = Eve\r");
                assertThat(SPEAKER.hanging.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                client.type("\u0003").await("interrupted");
                assertThat(SPEAKER.freed.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                client.await("switchboard> ");
                client.type("say $name\r").await("Ada\r\n");
            }
        }

        @Test
        void interruptsALineBetweenItsCommandsToo() throws Exception {
            try (TestClient client = open()) {
                for (int i = 0; i < 10; i++) {
                    client.type("mark " + i + "; doze\r").await("mark " + i + "\r\n");
                    client.type("\u0003").await("interrupted");
                    client.await("switchboard> ");
                }
                client.type("list\r").await("the list\r\n");
            }
        }

        @Test
        void readsOnAfterAnInterruptedReader() throws Exception {
            try (TestClient client = open()) {
                for (int i = 0; i < 2; i++) {
                    client.type("swallow\r");
                    assertThat(SPEAKER.hanging.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                    client.type("abc\r").await("swallowed abc\r\n");
                    client.type("\u0003").await("interrupted");
                    assertThat(SPEAKER.freed.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                    client.await("switchboard> ");
                }
                client.type("list\r").await("the list\r\n");
            }
        }

        @Test
        void remembersWhatWasTyped() throws Exception {
            try (TestClient client = open()) {
                client.type("say remembered\r").await("remembered\r\n");
                client.await("switchboard> ");
                client.type("\u0004").await("<exit 0>");
            }
            try (TestClient client = open()) {
                client.type("\u0012say rem");
                client.type("\r").await("remembered\r\n");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("shell.history"))))
                    .isEqualTo("rw-------");
        }

        @Test
        void knowsTheSizeOfTheTerminal() throws Exception {
            try (TestClient client = open()) {
                client.type("say $COLUMNS $LINES\r").await("80|24\r\n");
                client.send(Frame.TERMINAL, "xterm 132 43");
                client.type("say $COLUMNS $LINES\r").await("132|43\r\n");
            }
        }

        @Test
        void endsWithTheClient() throws Exception {
            try (TestClient client = open()) {
                client.type("hang\r").await("hang");
                assertThat(SPEAKER.hanging.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(SPEAKER.freed.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void startsNeitherJLineNorGogoJLine() throws Exception {
            open().close();
            assertThat(framework.bundle("org.apache.felix.gogo.jline").getState()).isEqualTo(Bundle.RESOLVED);
        }
    }
}
