package org.switchboard.control.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.service.log.Logger;
import org.switchboard.control.internal.TestClient.Answer;
import org.switchboard.control.internal.task.Task;
import org.switchboard.control.internal.wire.Frame;
import org.switchboard.control.internal.wire.FrameWriter;
import org.switchboard.control.internal.wire.ProtocolException;
import org.switchboard.control.internal.wire.TerminalState;

/** The protocol and its bounds, with tasks that a test makes up. */
class AcceptorTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    private final FakeTasks tasks = new FakeTasks();
    private Acceptor acceptor;

    @AfterEach
    void stop() throws IOException {
        acceptor.close();
    }

    private void start(Bounds bounds) throws IOException {
        acceptor = new Acceptor(ControlSocket.open(directory), tasks, bounds, silent());
        acceptor.start();
    }

    private void start() throws IOException {
        start(new Bounds(4, 1, LONG));
    }

    private static Logger silent() {
        return (Logger) java.lang.reflect.Proxy.newProxyInstance(AcceptorTest.class.getClassLoader(), new Class<?>[] {Logger.class},
                (proxy, method, arguments) -> method.getReturnType() == boolean.class ? false : null);
    }

    /** Commands say their words; {@code wait} and shells go on until they are interrupted, or typed {@code bye}. */
    private static final class FakeTasks implements Tasks {

        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

        @Override
        public Task command(List<String> words, TerminalState terminal, FrameWriter client) {
            return words.contains("wait") ? new Waiting(client, heard, false) : new Task() {
                @Override
                public int run() throws IOException {
                    client.write(Frame.OUTPUT, words + " on " + terminal.type() + " " + terminal.columns());
                    return words.size();
                }

                @Override
                public void interrupt() {
                    heard.add("interrupt");
                }
            };
        }

        @Override
        public Task shell(TerminalState terminal, FrameWriter client) {
            return new Waiting(client, heard, true);
        }
    }

    private record Waiting(FrameWriter client, BlockingQueue<String> heard, boolean reads, CountDownLatch end) implements Task {

        Waiting(FrameWriter client, BlockingQueue<String> heard, boolean reads) {
            this(client, heard, reads, new CountDownLatch(1));
        }

        @Override
        public int run() throws IOException {
            client.write(Frame.OUTPUT, "running");
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return 7;
        }

        @Override
        public void interrupt() {
            heard.add("interrupt");
            end.countDown();
        }

        @Override
        public void input(byte[] bytes) throws IOException {
            if (!reads) {
                throw new ProtocolException("input");
            }
            heard.add(new String(bytes));
            end.countDown();
        }

        @Override
        public void resize(TerminalState terminal) {
            heard.add(terminal.columns() + "x" + terminal.rows());
        }
    }

    private String heard() throws InterruptedException {
        String said = tasks.heard.poll(20, TimeUnit.SECONDS);
        return said == null ? "nothing" : said;
    }

    private TestClient client() throws IOException {
        return TestClient.connect(directory);
    }

    @Nested
    class Requests {

        @Test
        void areAnsweredWithOutputAndExitCode() throws Exception {
            start();
            assertThat(TestClient.run(directory, "a", "", "c d")).isEqualTo(new Answer("[a, , c d] on dumb 0", "", 3));
        }

        @Test
        void mayNameATerminalFirst() throws Exception {
            start();
            try (TestClient client = client().greet().send(Frame.TERMINAL, "xterm-256color 132 43").command("a")) {
                assertThat(client.answer().output()).isEqualTo("[a] on xterm-256color 132");
            }
        }

        @Test
        void mayArriveInPieces() throws Exception {
            start();
            try (TestClient client = client()) {
                client.raw("switch").raw("board-control 1\nC\0").raw("\0\0").raw("\2").raw("a").raw("\0");
                assertThat(client.answer().exit()).isEqualTo(1);
            }
        }

        @Test
        void ofAShellCarryKeysAndSizes() throws Exception {
            start();
            try (TestClient client = client().greet().send(Frame.TERMINAL, "xterm 80 24").send(Frame.SHELL, "").greeted()) {
                client.await("running");
                client.send(Frame.TERMINAL, "xterm 100 30").type("bye");
                assertThat(heard()).isEqualTo("100x30");
                assertThat(heard()).isEqualTo("bye");
                client.await("<exit 7>");
            }
        }

        @Test
        void endWithTheClient() throws Exception {
            start();
            try (TestClient client = client().greet().command("wait").greeted()) {
                client.await("running");
            }
            assertThat(heard()).isEqualTo("interrupt");
        }

        @Test
        void endWithTheServer() throws Exception {
            start();
            try (TestClient client = client().greet().command("wait").greeted()) {
                client.await("running");
                acceptor.close();
                assertThat(heard()).isEqualTo("interrupt");
            }
        }
    }

    @Nested
    class Nonsense {

        @ParameterizedTest
        @ValueSource(strings = {
            "GET / HTTP/1.1\r\n\r\n",
            "switchboard-control 2\n",
            "switchboard-control 1 and a first line that is longer than any that could ever be spoken here",
            "switchboard-control 1\nZ\0\0\0\0",
            "switchboard-control 1\nI\0\0\0\0",
            "switchboard-control 1\nC\0\0\0\0",
            "switchboard-control 1\nC\0\0\0\1a",
            "switchboard-control 1\nC\0\1\0\1",
            "switchboard-control 1\nC\u00ff\u00ff\u00ff\u00ff",
            "switchboard-control 1\nS\0\0\0\0",
            "switchboard-control 1\nT\0\0\0\5x 1 y",
            "switchboard-control 1\nC\0\0\0\5wait\0I\0\0\0\1a",
            "switchboard-control 1\nC\0\0\0\5wait\0C\0\0\0\1a"
        })
        void costsItsConnectionAndNothingElse(String nonsense) throws Exception {
            start();
            try (TestClient client = client().raw(nonsense)) {
                assertThat(client.isCutOff()).isTrue();
            }
            assertThat(TestClient.run(directory, "a").exit()).isEqualTo(1);
        }
    }

    @Nested
    class Bounded {

        @Test
        void oneConnectionTooManyIsToldSo() throws Exception {
            start(new Bounds(1, 1, LONG));
            try (TestClient first = client().greet().command("wait").greeted()) {
                first.await("running");
                assertThat(TestClient.run(directory, "a")).isEqualTo(new Answer("", "too many control connections are open\n", 1));
            }
        }

        @Test
        void oneShellTooManyIsToldSoAndCommandsGoOn() throws Exception {
            start();
            try (TestClient first = client().greet(); TestClient second = client().greet()) {
                first.send(Frame.TERMINAL, "xterm 80 24").send(Frame.SHELL, "").greeted().await("running");
                second.send(Frame.TERMINAL, "xterm 80 24").send(Frame.SHELL, "");
                assertThat(second.answer()).isEqualTo(new Answer("", "too many shells are open; close one of them\n", 1));
                assertThat(TestClient.run(directory, "a").exit()).isEqualTo(1);
            }
        }

        @Test
        void aSilentClientIsCutOff() throws Exception {
            start(new Bounds(4, 1, Duration.ofMillis(50)));
            try (TestClient client = client().greet()) {
                assertThat(client.isCutOff()).isTrue();
            }
        }

        @Test
        void aRunningCommandHasAllTheTimeItNeeds() throws Exception {
            // Long enough for a request to arrive in time on a machine that is busy with other things.
            start(new Bounds(4, 1, Duration.ofSeconds(2)));
            try (TestClient running = client().greet().command("wait").greeted(); TestClient silent = client().greet()) {
                running.await("running");
                assertThat(silent.isCutOff()).isTrue();
                assertThat(tasks.heard).isEmpty();
            }
        }
    }
}
