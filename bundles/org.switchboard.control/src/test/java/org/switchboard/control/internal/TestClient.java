package org.switchboard.control.internal;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.switchboard.control.internal.wire.ChannelInput;
import org.switchboard.control.internal.wire.Frame;
import org.switchboard.control.internal.wire.FrameReader;

/** A client written from the README; gives up after a while, so that a test fails rather than hangs. */
final class TestClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SocketChannel channel;
    private final FrameReader in;
    private final StringBuilder seen = new StringBuilder();

    private TestClient(SocketChannel channel) {
        this.channel = channel;
        this.in = new FrameReader(new BufferedInputStream(new ChannelInput(channel)));
    }

    /** What a command printed, and its exit code. */
    record Answer(String output, String error, int exit) {
    }

    /** Connects without saying anything. */
    static TestClient connect(Path state) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(state.resolve(ControlSocket.NAME)));
        return new TestClient(channel);
    }

    /** Runs one command. */
    static Answer run(Path state, String... words) throws IOException {
        try (TestClient client = connect(state)) {
            return client.greet().command(words).answer();
        }
    }

    TestClient greet() throws IOException {
        return raw(Connection.GREETING + "\n");
    }

    TestClient raw(String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        return this;
    }

    TestClient command(String... words) throws IOException {
        return send(Frame.COMMAND, String.join("\0", words) + "\0");
    }

    TestClient send(char type, String payload) throws IOException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        channel.write(ByteBuffer.allocate(5 + bytes.length).put((byte) type).putInt(bytes.length).put(bytes).flip());
        return this;
    }

    /** Everything up to the exit code. */
    Answer answer() throws IOException {
        return within(() -> {
            in.greeting();
            StringBuilder output = new StringBuilder();
            StringBuilder error = new StringBuilder();
            while (true) {
                Frame frame = in.next().orElseThrow(() -> new EOFException("closed after '" + output + "'"));
                if (frame.type() == Frame.EXIT) {
                    return new Answer(output.toString(), error.toString(), Integer.parseInt(frame.text()));
                }
                (frame.type() == Frame.OUTPUT ? output : error).append(frame.text());
            }
        });
    }

    /** Reads until the server closes; true if it sent no exit code before. */
    boolean isCutOff() throws IOException {
        return within(() -> {
            in.greeting();
            Optional<Frame> frame = in.next();
            while (frame.isPresent() && frame.get().type() != Frame.EXIT) {
                frame = in.next();
            }
            return frame.isEmpty();
        });
    }

    /** Reads the greeting; the other methods that wait for output come after. */
    TestClient greeted() throws IOException {
        within(in::greeting);
        return this;
    }

    /** Reads output until this text is in what came since the last such text, and returns it all. */
    String await(String text) throws IOException {
        return within(() -> {
            while (seen.indexOf(text) < 0) {
                Frame frame = in.next().orElseThrow(() -> new EOFException("no '" + text + "' in '" + seen + "'"));
                seen.append(frame.type() == Frame.EXIT ? "<exit " + frame.text() + ">" : frame.text());
            }
            int end = seen.indexOf(text) + text.length();
            String found = seen.substring(0, end);
            seen.delete(0, end);
            return found;
        });
    }

    TestClient type(String keys) throws IOException {
        return send(Frame.INPUT, keys);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> T within(Reading<T> reading) throws IOException {
        CompletableFuture<Void> deadline = CompletableFuture.runAsync(this::giveUp,
                CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        try {
            return reading.read();
        } catch (IOException e) {
            throw new IOException(e + " after '" + seen + "'", e);
        } finally {
            deadline.cancel(false);
        }
    }

    private void giveUp() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
